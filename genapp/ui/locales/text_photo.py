"""The words of the Your-photo view and of what is made from a photograph; `text.py` says what the pairs are."""

from __future__ import annotations

PHOTO = {
    "view.photo": ("Your photo", "你的照片"),
    "photo.title": ("You, as a model would draw you.", "模型画出来的你。"),
    "photo.lead": (
        "Bring a photo of a face. The model turns it into a few numbers and draws it again from these.",
        "放一张人脸照片。模型把它变成一串数字，再用这些数字重新画出来。",
    ),
    "photo.pick": ("Choose a photo", "选择照片"),
    "photo.camera": ("Camera", "摄像头"),
    "photo.invent": ("Made-up face", "虚构的脸"),
    "photo.invent.tip": (
        "The model draws somebody who does not exist; play with that instead of a photo",
        "模型画一个不存在的人，不用照片也能玩",
    ),
    "photo.welcome": ("Put a face here", "把一张脸放到这里"),
    "photo.welcome.how": (
        "Drop a photo, paste one, or click to choose. No photo at hand? Try a made-up face.",
        "拖入、粘贴，或点击选择照片。手边没有？用虚构的脸试试。",
    ),
    "photo.drop": ("Drop the photo to use it", "松手，使用这张照片"),
    "photo.crop": (
        "Frame around the face. Arrow keys move it, plus and minus size it, square brackets turn it",
        "脸部取景框。方向键移动，加减号缩放，方括号旋转",
    ),
    "photo.preview": ("Camera preview", "摄像头预览"),
    "photo.snap": ("Take the photo", "拍照"),
    "photo.mirror": ("Mirror", "镜像"),
    "photo.stop": ("Stop", "关闭"),
    "photo.looking": ("Looking for a face…", "正在找脸……"),
    "photo.found.one": (
        "Found a face. Drag the frame if it sits badly: eyes on the line, face in the oval.",
        "找到一张脸。位置不准就拖动取景框：眼睛对准横线，脸放进椭圆。",
    ),
    "photo.found.many": ("Found {count} faces. Choose one.", "找到 {count} 张脸，选一张。"),
    "photo.found.none": (
        "Place the frame yourself: eyes on the line, face in the oval.",
        "请自己摆好取景框：眼睛对准横线，脸放进椭圆。",
    ),
    "photo.found.unknown": (
        "Place the frame on the face: eyes on the line, face in the oval.",
        "把取景框放到脸上：眼睛对准横线，脸放进椭圆。",
    ),
    "photo.people": ("Faces in the photo", "照片里的脸"),
    "photo.person": ("Face {number}", "第 {number} 张脸"),
    "photo.size": ("Size", "大小"),
    "photo.size.tip": ("How much the frame holds; the mouse wheel does it too", "取景框的大小；也可以用鼠标滚轮"),
    "photo.turn": ("Turn", "旋转"),
    "photo.turn.tip": (
        "Sets a tilted head upright; so does the dot beside the frame",
        "把歪着的头摆正；也可以拖动框边的圆点",
    ),
    "photo.reset": ("Reset frame", "复位取景框"),
    "photo.quarter": ("Rotate photo", "旋转照片"),
    "photo.quarter.tip": ("A quarter turn, for photos that lie on their side", "转四分之一圈，用于横躺的照片"),
    "photo.seen": ("What the model sees", "模型看到的"),
    "photo.seen.tip": (
        "The frame's content at the size that the model learned from",
        "取景框里的内容，缩放到模型学习时的尺寸",
    ),
    "photo.back": ("How it remembers it", "它记住的样子"),
    "photo.back.tip": (
        "Encoded into a latent, then decoded from it: all else is lost",
        "先编码成潜变量，再由它解码；其余的都丢掉了",
    ),
    "photo.play": ("Play with it", "拿去玩"),
    "photo.where": (
        "The photo goes to this server's memory and is forgotten with the answer: no file, no log, no name, no place.",
        "照片只进入这台服务器的内存，给出结果后随即忘记：不存文件，不写日志，也不带文件名和拍摄地点。",
    ),
    "photo.keep": (
        "What you make of it is yours. A saved picture or link holds the face's numbers only if you say so.",
        "用它做出的图归你。只有你同意，保存的图片或链接里才会有这张脸的数字。",
    ),
    "photo.limits": (
        "It is redrawn from what the model learned (the shipped ones from CelebA, photos of celebrities): "
        "an approximation, not a fact about anyone.",
        "重绘的依据是模型学到的样子（自带模型学自名人照片 CelebA）：只是近似，不说明任何人的真实情况。",
    ),
    "of.photo": ("From your photo", "来自你的照片"),
    "claim.photo": ("Redrawn from a photo.", "由照片\u200b重绘。"),
    # consent
    "consent.title": ("This face comes from a photo", "这张脸来自一张照片"),
    "consent.why.save": (
        "A recipe holds numbers from which the face can be drawn again, by everybody who gets the file. "
        "Without it the file is a picture like any other.",
        "配方里有能再次画出这张脸的数字，拿到文件的人都能用。不带配方，它就只是一张普通图片。",
    ),
    "consent.why.link": (
        "This link holds numbers from which the face can be drawn again, by everybody who gets the link. "
        "To share the picture alone, save it.",
        "这个链接里有能再次画出这张脸的数字，拿到链接的人都能用。只想分享图片的话，请改用保存。",
    ),
    "consent.picture": ("Picture only", "只要图片"),
    "consent.recipe": ("With its recipe", "连同配方"),
    "consent.link": ("Copy link with my face in it", "复制带有我的脸的链接"),
    "consent.cancel": ("Cancel", "取消"),
    "consent.kept.picture": (
        "Saved without a recipe, as you chose for this one.",
        "已按你对这张图的选择保存，不带配方。",
    ),
    "consent.kept.recipe": (
        "Saved with its recipe, as you chose for this one.",
        "已按你对这张图的选择保存，连同配方。",
    ),
    "consent.again": ("Choose again", "重新选择"),
    # troubles
    "error.noface": (
        "No face found. Try a photo in which one looks at the camera, or place the frame yourself.",
        "没有找到脸。换一张正对镜头的照片，或者自己摆好取景框。",
    ),
    "error.photo": (
        "This is no picture that can be read. Choose a JPEG, PNG or WebP.",
        "无法读取这张图片。请选择 JPEG、PNG 或 WebP。",
    ),
    "error.photo.heic": (
        "This browser cannot read HEIC photos. Save it as a JPEG first, or take one with the camera here.",
        "这个浏览器读不了 HEIC 照片。请先另存为 JPEG，或在这里用摄像头拍一张。",
    ),
    "error.photo.empty": ("This file is empty. Choose another one.", "这个文件是空的，请换一个。"),
    "error.photo.huge": (
        "This picture is too large: at most 16,384 pixels a side. Make a smaller copy of it.",
        "图片太大：每边最多 16,384 像素。请先缩小一份。",
    ),
    "error.photo.tiny": (
        "This picture is too small to show a face. Choose a larger one.",
        "图片太小，看不出脸。请换一张大一点的。",
    ),
    "error.private": (
        "This face comes from a photo: a link with it takes a word of consent. Press Copy link again.",
        "这张脸来自照片：带有它的链接需要先同意。请再按一次复制链接。",
    ),
    "error.camera.denied": (
        "The camera may not be used here. Allow it in the browser's address bar, or choose a photo.",
        "摄像头未获许可。请在浏览器地址栏允许，或者选择照片。",
    ),
    "error.camera.none": ("No camera was found. Choose a photo instead.", "没有找到摄像头，请选择照片。"),
    "error.camera.busy": (
        "The camera does not start: another program may be using it. Close that one, or choose a photo.",
        "摄像头无法启动：也许正被别的程序使用。请关闭那个程序，或者选择照片。",
    ),
    "error.camera.insecure": (
        "Browsers give the camera to encrypted pages only (https). Choose a photo instead.",
        "浏览器只允许加密页面（https）使用摄像头。请选择照片。",
    ),
}
