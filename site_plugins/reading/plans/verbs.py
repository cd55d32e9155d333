"""Verbs of doing: a number behind one of them is something that the plan promises."""

from __future__ import annotations

import re

VERBS = (
    "召开 举办 举行 开展 组织 完成 实施 承办 协办 筹备 开好 办好 编印 编辑 编发 "
    "编写 编纂 编撰 出版 刊发 刊登 印发 印制 发布 发表 发送 报送 上报 提交 提出 "
    "提供 形成 撰写 起草 征集 征编 收集 整理 搜集 采集 办理 督办 领办 协调 解决 "
    "化解 走访 慰问 联系 接待 视察 调研 考察 培训 轮训 轮流 建成 建设 建立 新建 "
    "改建 创建 打造 设立 成立 增设 推出 推荐 推选 遴选 评选 选树 选取 选择 选定 "
    "确定 安排 表彰 命名 制作 拍摄 录制 播出 播放 引进 帮扶 资助 结对 捐建 捐助 "
    "协商 听取 审议 通报 出台 修订 制定 开办 开设 开放 开通 开发 开讲 参加 参与 "
    "邀请 吸纳 增补 转化 采用 宣讲 讲授 巡讲 展出 展览 策划 挂牌 整改 检查 监督 "
    "评议 测评 回访 跟踪 迁入 启动 举荐 落地 投入 新增 扩大 压减 压缩 提高 提升 "
    "回复 答复 立案 交办 办结 办复 实现 力争 覆盖 搞好 做好 "
    "招募 招聘 聘请 公布 公开 修复 增加 购置 吸收 清理 征求 迁移 上线 运行 "
).split()
SHORT_VERBS = "办开编印建讲出写送走搞收种"
"""Verbs of one character, taken for one only right before the number."""

BARE_VERBS = frozenset(
    (
        "开展 召开 举办 举行 组织 完成 实施 安排 参加 做好 搞好 办好 开好 力争 实现 提升 提高 覆盖 "
    ).split()
)
"""Verbs that only say that something is done: no part of what is counted."""

VERB = re.compile("|".join(VERBS))
