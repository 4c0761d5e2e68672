"""Words that say nothing about what a comment is about, in Chinese and English."""

_CHINESE = """
一下 一个 一些 一点 一样 一直 一定 一般 一起 一次 一种 一年 一天 一方面 不会 不能 不到 不够 不过 不是 不要 不同 不知 不知道 与其 两个
个人 为了 为什么 主要 也是 也许 了解 事情 二是 什么 什么样 今后 今年 以及 以后 以上 以下 以前 以来 任何 但是 但愿 作为 你们 你好 使得 例如
依然 便是 倒是 假如 允许 充分 先后 全部 全都 关于 其中 其他 其它 其实 具有 具体 几个 几乎 几次 几年 凡是 出来 出现 分别 到底 前后 十分 千万
即使 却是 原来 又是 及其 及时 反正 发现 只是 只有 只要 只能 可以 可是 可能 各个 各种 各位 同时 后来 否则 听说 告诉 咱们 哪些 哪里
因此 因为 因而 地方 基本 基本上 多少 多数 多次 多点 多些 大家 大概 大约 大部分 她们 好像 好的 如何 如果 如此 它们 完全 宁可 实在 对于
对此 尤其 就是 就会 尽量 尽管 尽可能 居然 属于 已经 平时 并且 并不 应当 应该 建议 建议书 当时 往往 很多 很少 得到 必须 怎么 怎么样 怎样 总之
总是 或者 所以 所有 所谓 才能 才是 打算 按照 据说 接着 提出 方面 日常 时候 是否 显然 曾经 更加 最好 最近 最后 最大 有人 有些
有关 有时 有时候 有点 有没有 没有 本人 来说 极其 某个 某些 根据 正在 此外 每个 每年 每次 毕竟 比如 比较 没什么 清楚 满意 然后 然而 现在
甚至 由于 的话 目前 直到 相关 相当 看到 真正 真的 知道 确实 确定 究竟 立即 第一 第二 第三 等等 简单 类似 经常 经过 继续 罢了 能够 自己
至于 至少 若干 莫非 虽然 觉得 认为 许多 谢谢 起来 还是 还有 还要 这个 这么 这些 这样 这种 这里 进行 过去 过程 那个 那么 那些 那样 那里
都是 部分 里面 难道 需要 非常 首先 不太 不好 有的 问题 情况 希望 盼望 期待 要求 感觉 感谢 支持 加强 增加 提高 改进 改善 进一步 多一些 做好
做到 工会 分工会 校工会 学校 单位 老师 教师 教工 教职工 职工 员工 同事 组织 能否 可否 一是 三是 这次 那次 不少 暂无 暂时 无意见
没意见 意见 挺好 不错 很好 一切 一律 一旦 之一 之前 之后 之间 上面 下面 左右 以外 以内 而且 而是 不仅 不但 不如 不管 不论 无论 哪怕
"""
_ENGLISH = """
about above after again against all also although always and another any anyone anything are aren't around asked because been
before being below between both but can can't cannot come could couldn't did didn't does doesn't doing don't done down during each
either else enough even ever every everyone everything few first for from further get gets getting give given goes going good got
great had has have haven't having hear her here hers him his hope how however i'd i'll i'm i've into isn't it's its itself just
keep last least less let like little lot lots made make makes making many may maybe me mean might more most much must my myself
near need needed needs never new next nobody none nor not nothing now off often once one ones only other others our ours out over
own people per perhaps please quite rather really said same see seem seems shall she should shouldn't since some someone something
sometimes soon still such sure take than thank thanks that that's the their theirs them then there there's these they things think
this those though through too took two under union until upon use used very want wanted wants was wasn't way well were weren't what
when where whether which while who whom whose why will wish with within without won't would wouldn't year years yes yet you your
yours school university branch staff suggest suggestion
"""
STOP_WORDS = frozenset((_CHINESE + _ENGLISH).split())
