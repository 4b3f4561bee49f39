import type { Messages } from './en.ts'

export const zhCN: Messages = {
  disclosure: '广告',
  seePrice: '查看价格',
  from: (price) => `${price}起`,
  final: '到手价',
  was: '原价',
  soldOut: '已售罄',
  lowStock: '库存紧张',
  preorder: '预售',
  preorderFrom: (date) => `预售，${date}发货`,
  backorder: '补货中',
  rating: (value, best) => `评分${value}，满分${best}`,
  sold: (count) => `已售${count}`,

  off: (amount) => `减${amount}`,
  // 20 percent off is “eight tenths”: 8折.
  percentOff: (percent) => `打${Math.round(100 - percent) / 10}折`,
  offOver: (off, threshold) => `满${threshold}${off}`,
  offerPrice: (price) => `现价${price}`,
  kind: { code: '优惠码', threshold: '优惠券', auto: '下单自动减', redpacket: '红包', flash: '限时秒杀', member: '会员专享' },
  copy: '复制券码',
  copied: '已复制',
  codeCopied: (code) => `券码${code}已复制`,
  claim: '领取',
  shop: '去购买',
  ended: '已结束',
  gone: '已抢光',
  left: (count) => `剩${count}张`,
  startsOn: (moment) => `${moment}开始`,
  endsOn: (moment) => `${moment}前有效`,
  endsIn: (time) => `仅剩${time}`,

  feed: '猜你喜欢',
  close: '关闭',

  markers: '画面中的商品',
  products: (count) => `${count}件商品`,
  rail: '片中商品',
  railEmpty: '片中出现的商品会列在这里',
  onScreen: '正在出现',
  jumpTo: (time) => `跳到${time}`,
}
