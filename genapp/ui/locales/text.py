"""Every word of the page, in every language it speaks. Visitors' words first; the field's terms live in the tips."""

from __future__ import annotations

from genapp.ui.locales.text_blends import BLENDS
from genapp.ui.locales.text_conditional import CONDITIONAL
from genapp.ui.locales.text_faces import FACES
from genapp.ui.locales.text_photo import PHOTO

LANGUAGES = {"en": "English", "zh": "中文"}

# key: (English, Chinese)
_WORDS = {
    **FACES,
    **BLENDS,
    **CONDITIONAL,
    **PHOTO,
    "tagline": ("Pictures out of nothing but a number", "一个数字，一张从未有过的图"),
    "skip": ("Skip to the pictures", "跳到图片"),
    "to.light": ("Light colours", "浅色外观"),
    "to.dark": ("Dark colours", "深色外观"),
    "to.language": ("切换到中文", "Read this page in English"),
    "close": ("Close", "关闭"),
    "tab.digits": ("Digits", "手写数字"),
    "tab.faces": ("Faces", "人脸"),
    "tab.models": ("Your models", "你的模型"),
    "view.people": ("Faces", "人脸"),
    "view.make": ("Make", "生成"),
    "view.faces": ("Make", "生成"),
    "view.compare": ("Compare", "对比"),
    "view.map": ("Map", "地图"),
    "view.draw": ("Draw", "手绘"),
    "views": ("What to do", "玩法"),
    # models
    "model": ("Model", "模型"),
    "model.digits-gan": ("Duel", "对决"),
    "model.digits-dcgan": ("Classic duel", "经典对决"),
    "model.digits-vae": ("Memory", "记忆"),
    "model.digits-vae-2d": ("Two numbers", "两个数"),
    "model.digits-autoencoder": ("Copyist", "临摹"),
    "model.faces-gan": ("GAN", "GAN"),
    "model.faces-vae": ("VAE", "VAE"),
    "model.faces-conditional-gan": ("GAN", "GAN"),
    "model.faces-dcgan": ("DCGAN", "DCGAN"),
    "title.digits-gan": ("Digits: GAN", "手写数字：GAN"),
    "title.digits-dcgan": ("Digits: DCGAN baseline", "手写数字：DCGAN 基线"),
    "title.digits-vae": ("Digits: VAE", "手写数字：VAE"),
    "title.digits-vae-2d": ("Digits: VAE with a map", "手写数字：带地图的 VAE"),
    "title.digits-autoencoder": ("Digits: autoencoder", "手写数字：自编码器"),
    "title.faces-gan": ("Faces: GAN", "人脸：GAN"),
    "title.faces-conditional-gan": ("Faces to order: GAN", "订制人脸：GAN"),
    "title.faces-vae": ("Faces: VAE", "人脸：VAE"),
    "title.faces-dcgan": ("Faces: DCGAN baseline", "人脸：DCGAN 基线"),
    "family.gan": ("GAN: two networks, one forging and one judging", "GAN：一个网络造假，一个网络打假"),
    "family.vae": ("VAE: learns to squeeze and unfold pictures", "VAE：学会压缩再展开图片"),
    "family.autoencoder": ("Autoencoder: squeezes and unfolds, cannot invent", "自编码器：会压缩和还原，不会创造"),
    "family.other": ("A generative model", "生成模型"),
    # make
    "make.new.digits": ("New digits", "换一批数字"),
    "make.new.faces": ("New faces", "换一批人脸"),
    "make.new.pictures": ("New pictures", "换一批图片"),
    "key.space": ("space", "空格"),
    "undo": ("Undo", "撤销"),
    "redo": ("Redo", "重做"),
    "seed": ("Seed", "种子"),
    "seed.tip": (
        "The number everything grows from: the same seed gives the same picture",
        "一切从这个数字开始：种子相同，图片就相同",
    ),
    "count": ("How many", "数量"),
    "variety": ("Variety", "多样性"),
    "variety.tip": (
        "Truncation: to the left everything drifts towards the average, to the right it gets wilder",
        "截断系数：向左趋于平均，向右更加大胆",
    ),
    "adjust": ("Adjust", "调整"),
    "reset": ("Reset", "复位"),
    "grid.digits": ("Invented digits. Arrow keys move, Enter chooses", "生成的数字。方向键移动，回车选中"),
    "grid.faces": ("Invented faces. Arrow keys move, Enter chooses", "生成的人脸。方向键移动，回车选中"),
    "grid.pictures": ("Invented pictures. Arrow keys move, Enter chooses", "生成的图片。方向键移动，回车选中"),
    "cell": ("Picture from seed {seed}", "种子 {seed} 的图片"),
    "cell.near": ("Sibling {number}", "近亲 {number}"),
    "limits.digits": (
        "Nobody wrote these. Learned from MNIST, 28 × 28; some are no digit at all.",
        "这些字没有人写过。28 × 28 像素，从 MNIST 学来；偶尔会有认不出的。",
    ),
    "limits.faces": (
        "From celebrity photos, skews and all; hats go wrong. Non-commercial weights.",
        "从名人照片学来，也带着其中的偏差；帽子常出错。权重仅限非商业用途。",
    ),
    "claim": ("These people do not exist.", "这些人\u200b并不存在。"),
    "limits.pictures": (
        "None of these pictures existed before. They look like what the model was shown, its gaps included.",
        "这些图片从未存在过。它们像模型见过的图片，也带着其中的偏差。",
    ),
    "stage": ("The chosen picture", "选中的图片"),
    "stage.tour.digits": (
        "Walking past {count} digits that nobody wrote. Pick any one.",
        "正在路过 {count} 个没人写过的数字。随便选一个吧。",
    ),
    "stage.tour.faces": (
        "Walking past {count} invented faces. Pick any one.",
        "正在路过 {count} 张生成的脸。随便选一张吧。",
    ),
    "stage.tour.pictures": (
        "Walking past {count} invented pictures. Pick any one.",
        "正在路过 {count} 张生成的图片。随便选一张吧。",
    ),
    "stage.between.digits": ("From one digit to the other and back", "从一个数字走到另一个，再走回来"),
    "stage.between.faces": ("From one face to the other and back", "从一张脸走到另一张，再走回来"),
    "stage.between.pictures": ("From one picture to the other and back", "从一张图走到另一张，再走回来"),
    "reads": ("Reads as {label}, {percent} %", "读作 {label}，{percent}%"),
    "reads.unsure": ("Hard to read: perhaps {label}, {percent} %", "不太好认：也许是 {label}，{percent}%"),
    "of.seed": ("Seed {seed}", "种子 {seed}"),
    "of.walk": ("Step {step} of {count}", "第 {step} 步，共 {count} 步"),
    "of.mix": ("A mix of two", "两者的混合"),
    "of.chosen": ("A face without a seed", "没有种子的脸"),
    "of.link": ("From your link", "来自你的链接"),
    "of.near": ("A close sibling", "一个近亲"),
    "of.file": ("From your PNG", "来自你的 PNG"),
    "walk.title": ("On a walk", "漫步中"),
    "walk.to": ("Walk to…", "走到……"),
    "walk.to.tip": (
        "Interpolation in latent space: every step in between is a picture too",
        "潜空间插值：途中每一步都是一张图",
    ),
    "walk.pick": ("Now pick where to walk to", "再选一个终点"),
    "walk.cancel": ("Cancel", "取消"),
    "walk.surprise": ("Surprise walk", "随便走走"),
    "walk.surprise.tip": ("A loop through five random pictures", "绕一圈，经过五张随机图片"),
    "walk.play": ("Play", "播放"),
    "walk.pause": ("Pause", "暂停"),
    "walk.save": ("Save animation", "保存动画"),
    "walk.strip": ("Steps of the walk", "途中的每一步"),
    "siblings": ("More like this", "更多相似的"),
    "siblings.tip": ("Small steps around this picture's latent", "在这张图的潜变量附近迈小步"),
    "save": ("Save", "保存"),
    "save.tip": (
        "The file carries its recipe: open it here and you are back at this picture",
        "文件里带着配方：在这里打开，就能回到这张图",
    ),
    "save.size": ("Size in pixels", "像素尺寸"),
    "save.size.tip": (
        "Larger copies are smoothly enlarged (Lanczos); small pixel pictures stay sharp",
        "放大的副本用 Lanczos 平滑插值；小像素图保持锐利",
    ),
    "share": ("Copy link", "复制链接"),
    "share.tip": (
        "The link holds the recipe: whoever opens it on this page sees this very picture",
        "链接里带着配方：在本页打开，看到的就是这张图",
    ),
    "share.done": ("The link is in your clipboard", "链接已复制到剪贴板"),
    "surprise": ("Surprise me", "给我惊喜"),
    "surprise.tip": ("A face from anywhere; Undo brings this one back", "随便来一张；点撤销可以回到这一张"),
    "open": ("Open a PNG", "打开 PNG"),
    "open.tip": ("Drop a saved PNG anywhere on this page", "把保存过的 PNG 拖到页面任意位置"),
    "open.same": ("Welcome back: the very same picture", "欢迎回来：一模一样的图片"),
    "open.close": (
        "Welcome back: the same picture, up to a grey level (another machine drew it)",
        "欢迎回来：同一张图，灰度最多差一级（由另一台机器绘制）",
    ),
    "open.different": (
        "Its recipe gives another picture here: the file was changed",
        "配方画出的图与文件不同：文件被改过",
    ),
    "open.other": (
        "It was made by another version of this model: the recipe is restored, the picture may differ",
        "它出自这个模型的另一个版本：配方已恢复，图片可能不同",
    ),
    "drop": ("Drop the PNG to get its picture back", "松手，找回这张图"),
    # map
    "map.board": (
        "The map: every point is a digit. Arrow keys roam, Shift goes further",
        "地图：每一点都是一个数字。方向键漫游，按住 Shift 走得更远",
    ),
    "map.tip": (
        "Move over the map. Two numbers are all this model needs to draw a digit.",
        "在地图上移动。这个模型只需要两个数就能画出一个数字。",
    ),
    "map.limits": (
        "A map this flat blurs what does not fit on it: look at the borders between digits.",
        "地图是平的，放不下的就变模糊：看看数字之间的边界。",
    ),
    "map.colour": ("Colour by digit", "按数字上色"),
    "map.colour.tip": (
        "What the judge, a network that reads digits, sees at each place",
        "评判网络（会读数字的网络）在各处读到的数字",
    ),
    "map.here": ("You are here", "当前位置"),
    "map.jump": ("Somewhere new", "换个地方"),
    "map.reading": ("How it reads", "读作"),
    # draw
    "draw.pad": ("Drawing pad: draw a digit with finger, pen or mouse", "画板：用手指、笔或鼠标写一个数字"),
    "draw.tip": ("Write a digit", "写一个数字"),
    "draw.clear": ("Clear", "清空"),
    "draw.sample": ("A digit, please", "给我一个数字"),
    "draw.sample.tip": ("Somebody's real handwriting, from MNIST's test set", "真人手写，来自 MNIST 测试集"),
    "draw.seen": ("What the models see", "模型看到的"),
    "draw.seen.tip": (
        "Cropped, scaled to 20 pixels and centred by mass, as MNIST was made",
        "裁剪、缩放到 20 像素并按重心居中，与 MNIST 的做法相同",
    ),
    "draw.back": ("How they remember it", "它们记住的样子"),
    "draw.numbers": ("{count} numbers", "{count} 个数"),
    "draw.neighbours": ("Real digits that come closest", "最接近的真实数字"),
    "draw.neighbours.tip": (
        "Nearest in the latent space among 2,000 digits the models never trained on",
        "在潜空间里，从模型没学过的 2,000 个数字中找最近的",
    ),
    "draw.siblings": ("Your digit's siblings", "你这个数字的近亲"),
    "draw.siblings.tip": (
        "Small steps around your digit's latent: click one to take it along",
        "在你的数字的潜变量附近迈小步：点一个带走",
    ),
    "draw.onmap": ("Find it on the map", "在地图上找到它"),
    "draw.limits": (
        "Your drawing is answered and then forgotten. Letters and doodles come back as digits: it is all they know.",
        "你的画只用来给出结果，随后即忘。写字母或涂鸦也会变成数字：模型只认识数字。",
    ),
    # badge and card
    "badge.tip": (
        "Where the pictures are computed, how long the last ones took, and which model it was",
        "图片在哪里计算、上一次用时、来自哪个模型",
    ),
    "badge.ms": ("{ms} ms", "{ms} 毫秒"),
    "card.open": ("Model card", "模型说明"),
    "card.none": ("This model came without a README.", "这个模型没有附带说明。"),
    "card.facts": ("Facts", "概况"),
    "card.licence": ("Licence", "许可"),
    "card.data": ("Learned from", "训练数据"),
    "card.seen": ("Pictures seen", "看过的图片"),
    "card.minutes": ("Minutes of training", "训练分钟数"),
    "card.command": ("Made by", "训练命令"),
    "card.version": ("Version", "版本"),
    "card.language": ("The text below is in English.", "以下内容为英文。"),
    # empty and errors
    "none.title": ("No models here yet", "这里还没有模型"),
    "none.text": ("Train one, or open the page with a model folder:", "先训练一个，或者用模型文件夹打开本页："),
    "none.broken": ("These folders could not be opened:", "以下文件夹无法打开："),
    "error.busy": ("Many people are playing right now. Try again in a moment.", "现在玩的人很多，请稍后再试。"),
    "error.request": (
        "That request did not make sense to the server. Reload the page and try again.",
        "服务器没看懂这个请求。请刷新页面再试。",
    ),
    "error.model": (
        "This model is not here any more. Reload the page to see which are.",
        "这个模型已经不在了。刷新页面看看有哪些。",
    ),
    "error.recipe": (
        "This picture carries no recipe. Open a PNG that was saved on this page.",
        "这张图里没有配方。请打开从本页保存的 PNG。",
    ),
    "error.stranger": (
        "This picture was made by a model that is not here: {model}.",
        "这张图出自这里没有的模型：{model}。",
    ),
    "error.picture": (
        "This file is not a PNG that can be read. Choose another one.",
        "无法读取这个文件，请换一个 PNG。",
    ),
    "error.link": (
        "This link holds no recipe that can be read. Copy it again.",
        "这个链接里没有可读的配方。请重新复制。",
    ),
    "error.link.long": (
        "This picture's recipe is too long for a link. Save it as a PNG.",
        "这张图的配方太长，放不进链接。请保存为 PNG。",
    ),
    "error.styles": ("This model has no layers of style to mix.", "这个模型没有可混合的风格层。"),
    "error.job": ("This was given up meanwhile. Start it again.", "这项工作已中止。请重新开始。"),
    "error.large": ("That file is too large: at most {megabytes} MB.", "文件太大：最多 {megabytes} MB。"),
    "error.failed": (
        "Something went wrong on the server. Try again; if it stays, reload the page.",
        "服务器出了点问题。请重试；如仍不行，请刷新页面。",
    ),
    "error.offline": (
        "The server does not answer. Check the connection and try again.",
        "服务器没有回应。请检查网络后重试。",
    ),
}

TEXT: dict[str, dict[str, str]] = {
    language: {key: words[column] for key, words in _WORDS.items()} for column, language in enumerate(LANGUAGES)
}
"""Language to key to words; `{name}` marks what the page fills in."""
