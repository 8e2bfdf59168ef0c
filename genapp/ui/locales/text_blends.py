"""The words of the family and of the sums in the Faces tab's tray; `text.py` says what the pairs are."""

from __future__ import annotations

BLENDS = {
    "tray.family": ("Family", "家族"),
    "tray.family.tip": (
        "Children of chosen faces: layers or principal components of the latents are inherited, with mutation",
        "所选人脸的孩子：继承隐变量的层或主成分，并可变异",
    ),
    "tray.sum": ("Sum", "加减"),
    "tray.sum.tip": ("Arithmetic with latent vectors: a − b + c", "隐向量的算术：a − b + c"),
    "family.parents": ("Parents", "父母"),
    "family.choose": ("Choose parents", "选父母"),
    "family.pick": ("Click up to four parents in the grid", "在网格里点击至多四位父母"),
    "family.this": ("Add this one", "添加这张"),
    "family.remove": ("Parent {name}: take out", "父母 {name}：移除"),
    "family.new": ("New children", "再生一批"),
    "family.new.tip": (
        "Other children of these parents; a child that became a parent starts a new generation",
        "这些父母的另一批孩子；已成为父母的孩子会开启新一代",
    ),
    "family.children": ("Children", "孩子"),
    "family.child": ("Child {name} of {parents}", "{parents} 的孩子 {name}"),
    "family.next": ("Child {name}: parent of the next generation", "孩子 {name}：做下一代的父母"),
    "family.mutation": ("Surprise", "意外"),
    "family.mutation.tip": (
        "Mutation: none gives children of their parents alone, all of it gives strangers",
        "变异：没有时孩子只像父母，全开时是陌生人",
    ),
    "family.none": ("Choose one to four parents.", "选一到四位父母。"),
    "family.alone": (
        "The children of one parent are all the same. Add a parent, or some surprise.",
        "只有一位父母，孩子都一样。再加一位，或加点意外。",
    ),
    "family.ready": ("Press New children for the next generation.", "点“再生一批”得到下一代。"),
    "family.tip": (
        "Click a child to see it large. + makes it a parent.",
        "点孩子看大图。点 + 让它成为父母。",
    ),
    "family.full": ("A child has at most {count} parents here", "这里一个孩子最多有 {count} 位父母"),
    "family.stranger": (
        "This family is of another model. Choose faces of that model, or start over.",
        "这个家族属于另一个模型。请选那个模型的脸，或重新开始。",
    ),
    "family.tree": ("Family tree", "家谱"),
    "family.founder": ("Ancestor {name}", "祖先 {name}"),
    "family.clear": ("Start over", "重新开始"),
    "family.clear.tip": ("A new family; undo brings this one back", "新的家族；撤销可恢复这一个"),
    "of.child": ("Child of {parents}", "{parents} 的孩子"),
    "sum.first": ("This face", "这张脸"),
    "sum.minus": ("less that one", "减去那张"),
    "sum.plus": ("plus a third", "加上第三张"),
    "sum.result": ("makes this", "得到"),
    "sum.show": ("The result: put it on the stage", "结果：放到台上"),
    "sum.tip": (
        "What the first has and the second lacks, the third gets. Click a face to choose another.",
        "第一张有而第二张没有的，都给第三张。点一张脸即可换人。",
    ),
    "sum.pick": ("Now pick a face in the grid", "在网格里选一张脸"),
    "sum.stranger": (
        "Faces of two models cannot be added. Choose all three from one model.",
        "两个模型的脸不能相加减。请从同一个模型里选三张。",
    ),
    "of.sum": ("One less another plus a third", "一张减一张加一张"),
    "error.clones": (
        "The children of one parent are all the same. Add a parent, or some surprise.",
        "只有一位父母，孩子都一样。再加一位，或加点意外。",
    ),
}
