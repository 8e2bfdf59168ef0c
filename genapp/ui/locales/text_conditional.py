"""Words of the Conditional tab. key: (English, Chinese)."""

from __future__ import annotations

CONDITIONAL = {
    "tab.conditional": ("To order", "按需生成"),
    "view.write": ("Write", "书写"),
    "view.imitate": ("In your hand", "学你的字"),
    "view.collect": ("Training data", "训练数据"),
    "model.digits-conditional-gan": ("GAN", "GAN"),
    "model.digits-conditional-vae": ("VAE", "VAE"),
    "title.digits-conditional-gan": ("Digits to order: GAN", "按需数字：GAN"),
    "title.digits-conditional-vae": ("Digits to order: VAE", "按需数字：VAE"),
    "of.drawn": ("In your hand", "你的笔迹"),
    # write
    "write.text": ("Write", "写"),
    "write.go": ("Write it", "写出来"),
    "write.page": ("{text}, in one hand", "{text}，同一种笔迹"),
    "write.reads": ("Another network reads this as {text}", "另一个网络读作 {text}"),
    "write.misreads": (
        "Another network reads this as {text}: not every digit came out well",
        "另一个网络读作 {text}：有的没写好",
    ),
    "write.style": ("Style", "风格"),
    "write.style.tip": (
        "Interpolation of the style latent: from the chosen hand to a second one, or to the next of the table",
        "风格潜变量插值：从选中的笔迹走向第二种，或走向表中的下一种",
    ),
    "write.second": ("Towards…", "走向……"),
    "write.second.tip": ("Choose the hand at the slider's other end", "选择滑块另一端的笔迹"),
    "write.pick": ("Now pick the hand at the other end", "再选另一端的笔迹"),
    "write.between": ("On the way from one hand to another", "介于两种笔迹之间"),
    "write.hint": (
        "One style, ten digits: pick a row to write in that hand",
        "一种风格，十个数字：点一行，就用这种笔迹写",
    ),
    "write.new": ("New hands", "换一批笔迹"),
    "write.hands": (
        "Digits by styles: a row is one hand. Arrow keys move, Enter chooses",
        "数字与风格：一行是一种笔迹。方向键移动，回车选中",
    ),
    "write.hand": ("Hand from seed {seed}", "种子 {seed} 的笔迹"),
    # imitate
    "imitate.title": ("Draw one, get the other nine", "写一个，得九个"),
    "imitate.limits": (
        "Your drawing is answered and then forgotten. The model takes slant, width and thickness, not every quirk.",
        "你的画只用来给出结果，随后即忘。模型学的是倾斜、宽窄和粗细，学不全每个细节。",
    ),
    "imitate.back": ("Written again", "重写一遍"),
    "imitate.which": ("It is", "这是"),
    "imitate.which.tip": (
        "The model has to know which digit it is before it can tell what is style",
        "模型要先知道是哪个数字，才分得出什么是风格",
    ),
    "imitate.judge": ("as read", "按识别结果"),
    "imitate.told": ("You say it is {label}", "你说这是 {label}"),
    "imitate.others": ("The others, like it", "照样写的其他数字"),
    "imitate.cell": ("{label} in your hand", "你的笔迹写的 {label}"),
    "imitate.write": ("Write with this hand", "用这种笔迹书写"),
    # collect
    "collect.title": ("Digits by the thousand, labels included", "成千上万个带标签的数字"),
    "collect.tip": (
        "Nobody wrote them, and each comes with what it was asked to be: to train and to test other models.",
        "没有人写过它们，每个都带着要求它成为的标签：可用来训练和测试别的模型。",
    ),
    "collect.each": ("Of each", "每类"),
    "collect.even": ("Even", "均分"),
    "collect.even.tip": ("A hundred of each", "每类一百个"),
    "collect.counts": ("How many of each digit", "每个数字的数量"),
    "collect.count": ("How many of {label}", "{label} 的数量"),
    "collect.kind": ("Format", "格式"),
    "collect.png.tip": (
        "A zip: a folder for each digit, and labels.csv with file, label and seed",
        "一个 zip：每个数字一个文件夹，labels.csv 里有文件、标签和种子",
    ),
    "collect.npz.tip": (
        "For numpy.load: images, labels, label_names",
        "用 numpy.load 读取：images、labels、label_names",
    ),
    "collect.parquet.tip": (
        "For the datasets library: columns image and label",
        "给 datasets 库用：image 和 label 两列",
    ),
    "collect.idx.tip": (
        "A zip with the two files that any reader of MNIST opens",
        "一个 zip，两个文件，任何 MNIST 读取程序都能打开",
    ),
    "collect.make": ("Make {total} pictures", "生成 {total} 张图片"),
    "collect.making": ("Making the data set", "正在生成数据集"),
    "collect.promise": (
        "Drawn on the server and then forgotten. The same seed gives the same file again.",
        "在服务器上绘制，随后即忘。种子相同，文件就相同。",
    ),
    "collect.most": (
        "From 1 to {most} pictures in one file from this page.",
        "在本页一个文件可含 1 到 {most} 张图片。",
    ),
    "collect.preview": ("The first styles of what you will get", "将要得到的前几种风格"),
    "collect.more": ("More than fits on a page? On your own computer:", "想要更多？在自己的电脑上运行："),
    # errors
    "error.empty": ("There is nothing to write yet. Type a number.", "还没有可写的内容。请输入一个数字。"),
    "error.letter": (
        "“{letter}” is not among what this model can write: {first} to {last}.",
        "这个模型写不了“{letter}”：它只会 {first} 到 {last}。",
    ),
    "error.long": (
        "That is {count} digits; at most {most} fit on the page. Shorten it.",
        "共 {count} 位，最多写得下 {most} 位。请缩短一些。",
    ),
    "error.which": (
        "Say which digit it is: there is nobody here to read it.",
        "请说明这是哪个数字：这里没有能读它的网络。",
    ),
    # faces
    "people.claim": ("Faces as you ask for them", "按你的要求生成的脸"),
    "people.wishes": ("Wishes", "要求"),
    "people.no": ("No", "否"),
    "people.any": ("Any", "随意"),
    "people.yes": ("Yes", "是"),
    "people.look": ("Look: {name}", "外观：{name}"),
    "people.anything": ("Ask for nothing", "全部随意"),
    "people.same": ("The same person, one thing turned round", "同一个人，只变一处"),
    "people.with": ("With: {look}", "有：{look}"),
    "people.without": ("Without: {look}", "无：{look}"),
    "people.is": ("Drawn with: {looks}", "设定：{looks}"),
    "people.plain": ("Drawn with none of the looks", "未设定任何外观"),
    "error.contradiction": (
        "In the training photographs nobody looks like that. Set one of the wishes back to “Any”.",
        "训练照片里没有这样的人。请把其中一项要求改回“随意”。",
    ),
}
