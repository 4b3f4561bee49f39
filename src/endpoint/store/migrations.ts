/**
 * The tables, as ordered steps that run once each. Moments are `bigint` milliseconds since 1970: no zone, no year that a
 * database refuses. A step that has shipped is never edited; what changes is a new step.
 */
export const migrations: readonly { id: string; statements: readonly string[] }[] = [
  {
    id: '0001-publishers',
    statements: [
      `create table publisher (
        key text primary key,
        token_hash text not null,
        public jsonb not null,
        private jsonb not null,
        updated_at bigint not null
      )`,
    ],
  },
  {
    // `place` sorts a publisher's shelf: a digit for the shelf, then newest run first, then the feed's own order.
    id: '0002-catalogue',
    statements: [
      `create table catalogue (
        publisher text not null,
        feed text not null,
        raw_id text not null,
        public_id text not null,
        item jsonb not null,
        target text not null,
        promotions jsonb,
        commission jsonb,
        place text collate "C" not null,
        brand text,
        categories text[] not null,
        price bigint,
        currency text,
        seen_at bigint not null,
        primary key (publisher, feed, raw_id),
        unique (publisher, public_id)
      )`,
      'create index catalogue_place on catalogue (publisher, place)',
      `create table promotion (
        publisher text not null,
        feed text not null,
        promotion_id text not null,
        every_item boolean not null,
        offer jsonb not null,
        seen_at bigint not null,
        primary key (publisher, feed, promotion_id)
      )`,
    ],
  },
  {
    // `last` numbers a room's live cues without gaps; its row lock makes the order of numbers the order of commits.
    // Live cues up to `base` are no longer part of the sheet: a sheet put later has replaced them.
    id: '0003-media',
    statements: [
      `create table media (
        publisher text not null,
        id text not null,
        title text,
        duration double precision,
        origin bigint,
        cues jsonb not null default '[]',
        last bigint not null default 0,
        base bigint not null default 0,
        primary key (publisher, id)
      )`,
      `create table live_cue (
        publisher text not null,
        room text not null,
        id bigint not null,
        cue jsonb not null,
        at bigint not null,
        primary key (publisher, room, id)
      )`,
    ],
  },
  {
    id: '0004-signals',
    statements: [
      `create table signal (
        publisher text not null,
        id text not null,
        type text not null,
        occurred_at bigint not null,
        raw_occurred_at text not null,
        sent_at bigint,
        received_at bigint not null,
        item text,
        placement text,
        media text,
        second double precision,
        ref text,
        list text,
        position bigint,
        session text,
        seq bigint,
        more jsonb,
        origin text,
        foreign_origin boolean,
        source text not null,
        primary key (publisher, id)
      )`,
      'create index signal_received on signal (publisher, received_at, id)',
      'create index signal_ref on signal (publisher, ref) where ref is not null',
      `create table dropped (
        publisher text not null,
        day text not null,
        reason text not null,
        count bigint not null,
        primary key (publisher, day, reason)
      )`,
    ],
  },
  {
    // What a media says of itself beside its columns: chapters, quiet spans.
    id: '0005-media-facts',
    statements: [`alter table media add column facts jsonb not null default '{}'`],
  },
  {
    // `confirmed`: redirector and browser have both counted the click. `flags`: why nobody should pay for it; null when
    // there is nothing against it.
    id: '0006-traffic',
    statements: ['alter table signal add column confirmed boolean, add column flags text[]'],
  },
  {
    // What browsers gave up, by the ids of the signals. Counts from before have none.
    id: '0007-lost',
    statements: [
      `create table lost (
        publisher text not null,
        id text not null,
        reason text not null,
        count bigint not null,
        session text,
        seq bigint,
        received_at bigint not null,
        primary key (publisher, id)
      )`,
      'create index lost_session on lost (publisher, session) where session is not null',
      `insert into lost (publisher, id, reason, count, received_at)
        select publisher, day || ' ' || reason, reason, count, extract(epoch from (day || 'T00:00:00Z')::timestamptz)::bigint * 1000
        from dropped`,
      'drop table dropped',
    ],
  },
]
