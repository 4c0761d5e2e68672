"""Words of offices and of management, and abbreviations: not every member of staff knows them."""

from __future__ import annotations

import re

from questionnaires.design_checks.word_lists.words import Words, one_of, words
from questionnaires.texts import Language

_ZH_OFFICES = one_of(
    "抓手 闭环 顶层设计 放管服 三重一大 双一流 双高 双减 双创 三全育人 五育并举 破五唯 四个意识 两学一做 三会一课 一岗双责 党政同责 双带头人 四风 三位一体 四位一体 网格化 清单化 扁平化 长聘"
    " 预聘 非升即走 倒查 双随机 一网通办 最多跑一次 枫桥经验 接诉即办 免申即享 吹哨报到 首问负责 首接负责 限时办结 容缺 长效 机制化 常态化 体系化 精细化 精准化 均等化 品牌化 靶向 下沉 统筹 协同"
    " 联动机制 落地见效 见行见效 走深走实 走心走实 落细落小 提级 扩面 提标(?!准) 扩容 增量 存量 台账 压实 抓实 清零 画像 数智化 新质 二级单位 两代会 双代会 党建引领 一站式 综改 评聘分离"
    " 绩效工资分配 提质增效 提质 提档升级 转型升级 高质量发展 内涵式 供给侧 兜底 兜牢 托底 纾困 应保尽保 应享尽享 应知应会 滴灌 挂图作战 揭榜挂帅 包保(?!险|管|洁|密|修) 包联 专班(?!车) 齐抓共管 同频共振 双向奔赴"
    " 共建共治 共治共享 多元共治 有机融合 深度融合 产教融合 科教融汇 产学研 医教研 指挥棒 牛鼻子 压舱石 助推器 主阵地 排头兵 新引擎 新动能 增长极 先手棋 着力点 切入点 落脚点 发力点 锚定 破题 最后一公里"
)
_ZH_MANAGEMENT = one_of(
    "赋能 赋码 颗粒度 痛点 堵点 沉浸式 全链条 组合拳 底层逻辑 对齐 拉通 沉淀 矩阵式 内卷 躺平 赛道 中台 上链(?!接|条) 区块链 元宇宙 数字孪生 品牌效应 破圈 出圈 引流 爆款 种草 变现 私域 生态圈 生态位"
    " 护城河 方法论 认知升级 迭代 复盘 对标(?!准|识|签|题|志|语|价|牌) 降本 增效 打法(?!律|院|定|规) 链路 触达 心智 全周期 全生命周期 孵化 裂变 量化考核 胜任力 循证 范式 赋权 耦合 自我效能 获得感 路径依赖 多维度 翻转课堂 微认证 混合式"
)

JARGON: dict[Language, Words] = {
    "zh": words(
        _ZH_OFFICES,
        _ZH_MANAGEMENT,
        # a slogan of numbers in quotation marks, such as “三重一大”; the names of feast days hold numbers alone
        "“[一二三四五六七八九十两双](?!佳)[^”“一二三四五六七八九十两双]{1,2}[一二三四五六七八九十两双][^”“]{1,2}”|“[一二三四五六七八九十两双]个[一二三四五六七八九十]”",
    ),
    "en": words(
        r"\b(empower(s|ed|ing|ment)?|enablement|closed[- ]loop|synerg\w*|leverag(e|es|ed|ing)|levers?|paradigm\w*|granular(ity)?|stakeholders?|deliverables?|actionable|holistic|ecosystem|bandwidth|upskill(ing)?|reskill(ing)?|onboarding|offboarding"
        r"|benchmark(s|ing|ed)?|best practices?|value chain|value[- ]add(ed)?|pain points?|deep dive|mainstreaming|capacity building|mechanisms?|normali[sz]ed|systemati[sz]ed|fine-grained|linkage|landing|action items?|KPIs?|roadmap|alignment|touchpoints?)\b",
        r"\b(top-level design|double first-class|three importants|grid-based|tenure[- ]track|matrix management|precision (management|service)|coordinated development|proactive outreach|stock and increment|digital intelligence|drip-feed|full coverage|last mile|blockchain|metaverse|digital twins?)\b",
        r"\b(brand (equity|building|effect)|co-creation|cross-functional|cutting-edge|digital transformation|disruptive|end-to-end|gamif\w+|human capital|incentivi[sz]\w+|impactful|low-hanging fruit|metrics?|mindset|mission-critical|operationali[sz]\w+|outcome-based|pipeline|scalab\w+|silos?"
        r"|streamlin\w+|talent pool|thought leader\w*|turnkey|uplift|verticals?|win-win|workstreams?|agile|buy-in|middle platform|platformi[sz]\w+|quality uplift|competency framework|evidence-based|self-efficacy|multi-dimensional|flipped classroom|micro-?credentials?|blended learning|gap analysis|roll-?out|ring-?fenc\w+|signposting|wraparound|throughput)\b",
    ),
}
ABBREVIATION = re.compile(r"(?<![A-Za-z{_])[A-Z][A-Z0-9]{1,5}(?![A-Za-z_}])")
ABBREVIATIONS_KNOWN = frozenset(
    {"AI", "APP", "FAQ", "GPS", "ID", "IT", "OK", "PDF", "PPT", "QR", "SMS", "TV", "VIP", "WIFI", "ZIP"}
)
