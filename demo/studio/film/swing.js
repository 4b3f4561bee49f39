/** Hangs a thing whose hook is `length` above its own origin at `hook`, turned by `angle` radians in the plane of the picture. */
export function swing(thing, [x, y, z], length, angle) {
  thing.position.set(x + Math.sin(angle) * length, y - Math.cos(angle) * length, z)
  thing.rotation.z = angle
}
