"""A workshop under a saw-tooth roof, light falling across the machines."""

from __future__ import annotations

import math

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import walker
from scripts.pictures.geometry import Line, lerp, oval, place, rect, smooth
from scripts.pictures.palette import DAI, RED, RGB, TEA, WHITE, mix

TEETH = 4
SPAN = 400.0


def draw() -> Canvas:
    """Four machines, a travelling crane with a gear on its hook, a bench in front."""
    canvas = Canvas(paint=Wash(mix(DAI[3], TEA[1], 0.35), TEA[1]))
    _roof(canvas)
    _back_wall(canvas)
    _floor(canvas)
    _crane(canvas)
    for number, x in enumerate((48, 396, 854, 1202)):
        _machine(canvas, x, 430, number)
    _beams(canvas)
    for x, y, size, coat, flip in ((372, 742, 1.5, DAI[5], False), (1176, 738, 1.46, TEA[4], True),
                                   (790, 722, 1.34, DAI[4], False)):  # fmt: skip
        walker(canvas, x, y, size, coat=coat, flip=flip)
        _helmet(canvas, x, y - 93 * size, size)
    _bench(canvas)
    return canvas


def _roof(canvas: Canvas) -> None:
    for i in range(TEETH):
        x = i * SPAN
        canvas.fill([(x, 0), (x + SPAN, 0), (x + SPAN, 236), (x, 236)], mix(DAI[6], DAI[7], 0.4))
        slope = [(x + 132, 34), (x + SPAN, 226), (x + SPAN, 236), (x + 108, 236)]
        canvas.fill(slope, Wash(DAI[7], DAI[6]))
        canvas.fill([(x + 8, 226), (x + 124, 34), (x + 136, 34), (x + 112, 226)], DAI[8])
        pane: Line = [(x + 10, 226), (x + 122, 42), (x + 122, 226)]
        canvas.fill(pane, Wash(WHITE, DAI[1]))
        for k in range(1, 5):
            foot = lerp(x + 10, x + 122, k / 5)
            canvas.stroke([(foot, 226), (foot, lerp(226, 42, k / 5))], 3, DAI[5])
        for k in range(1, 4):
            level = lerp(226, 42, k / 4)
            canvas.stroke([(lerp(x + 10, x + 122, k / 4), level), (x + 122, level)], 3, DAI[5])
        for k in range(6):
            a = (lerp(x + 140, x + SPAN, k / 6), lerp(50, 226, k / 6))
            canvas.stroke([a, (a[0], 230)], 3, DAI[5])
    canvas.fill(rect(0, 226, 1600, 18), DAI[8])
    for i in range(TEETH + 1):
        canvas.fill(rect(i * SPAN - 12, 240, 24, 420), Wash(DAI[6], DAI[5]))


def _back_wall(canvas: Canvas) -> None:
    for i in range(TEETH):
        for k in range(3):
            x = i * SPAN + 46 + k * 106
            canvas.fill(rect(x, 310, 96, 120), Wash(DAI[1], TEA[1]))
            for level in (x + 32, x + 64):
                canvas.stroke([(level, 310), (level, 430)], 2.4, DAI[4])
            for level in (350, 390):
                canvas.stroke([(x, level), (x + 96, level)], 2.4, DAI[4])
            canvas.stroke(rect(x, 310, 96, 120), 4, DAI[5], closed=True)
    canvas.fill(rect(0, 560, 1600, 70), mix(DAI[3], TEA[1], 0.3))


def _floor(canvas: Canvas) -> None:
    canvas.fill(rect(0, 620, 1600, 280), Wash(mix(TEA[2], DAI[2], 0.5), mix(TEA[3], DAI[3], 0.35)))
    for i in range(25):
        t = i / 24
        canvas.stroke([(lerp(0, 1600, t), 620), (lerp(-800, 2400, t), 900)], 1.4, DAI[4], 0.45)
    for y in (650, 700, 772, 860):
        canvas.stroke([(0, y), (1600, y)], 1.4, DAI[4], 0.45)
    canvas.fill([(0, 706), (1600, 706), (1600, 716), (0, 716)], TEA[4], 0.8)
    canvas.fill([(0, 794), (1600, 794), (1600, 808), (0, 808)], TEA[4], 0.8)


def _crane(canvas: Canvas) -> None:
    canvas.fill(rect(0, 262, 1600, 30), Wash(TEA[4], TEA[5]))
    canvas.fill(rect(0, 288, 1600, 5), TEA[7])
    for i in range(40):
        canvas.stroke([(i * 40, 292), (i * 40 + 20, 264)], 2, TEA[6], 0.7)
    canvas.fill(rect(709, 250, 132, 58), TEA[6])
    canvas.fill(rect(731, 300, 88, 14), DAI[8])
    for x in (757, 793):
        canvas.stroke([(x, 312), (775, 340)], 3, DAI[8])
    canvas.fill(oval(775, 342, 7), TEA[5])
    canvas.stroke([(775, 348), (775, 366)], 4, DAI[8])
    gear(canvas, 775, 404, 44, 14, DAI[7])


def gear(canvas: Canvas, x: float, y: float, r: float, teeth: int, paint: RGB) -> None:
    """A toothed wheel with five openings."""
    rim: Line = []
    for i in range(teeth):
        for share, reach in ((-0.32, 0.86), (-0.2, 1.0), (0.2, 1.0), (0.32, 0.86)):
            angle = math.tau * (i + share) / teeth
            rim.append((x + r * reach * math.cos(angle), y + r * reach * math.sin(angle)))
    holes = [oval(x, y, r * 0.17)]
    for i in range(5):
        angle = math.tau * i / 5 + 0.3
        holes.append(oval(x + r * 0.5 * math.cos(angle), y + r * 0.5 * math.sin(angle), r * 0.17))
    canvas.cut([rim, *holes], paint)
    canvas.stroke(oval(x, y, r * 0.76), r * 0.05, mix(paint, WHITE, 0.3), closed=True)


def _machine(canvas: Canvas, x: float, y: float, number: int) -> None:
    tone = (DAI[6], DAI[5], DAI[7], DAI[5])[number]
    canvas.fill(oval(x + 150, y + 232, 178, 16), DAI[8], 0.25)
    canvas.fill(rect(x, y + 20, 300, 210), Wash(mix(tone, WHITE, 0.14), tone))
    canvas.fill(rect(x, y + 198, 300, 32), mix(tone, DAI[9], 0.6))
    canvas.fill(smooth([(x, y + 22), (x + 14, y), (x + 286, y), (x + 300, y + 22)], 6), DAI[3])
    canvas.fill(rect(x + 22, y + 44, 170, 112), DAI[9])
    canvas.fill(rect(x + 28, y + 50, 158, 100), Wash(mix(DAI[5], TEA[3], 0.3), DAI[7]))
    _inside(canvas, x + 28, y + 50, number)
    canvas.fill(
        [
            (x + 34, y + 50),
            (x + 84, y + 50),
            (x + 44, y + 150),
            (x + 28, y + 150),
            (x + 28, y + 70),
        ],
        WHITE,
        0.16,
    )
    canvas.fill(rect(x + 212, y + 44, 70, 112), TEA[1])
    canvas.fill(rect(x + 220, y + 52, 54, 38), DAI[8])
    bars = (12, 22, 16, 28)
    for i, tall in enumerate(bars):
        canvas.fill(rect(x + 226 + i * 11, y + 86 - tall, 7, tall), TEA[4] if i % 2 else DAI[4])
    for i in range(3):
        canvas.fill(oval(x + 230 + i * 17, y + 106, 5.5), (TEA[7], TEA[5], DAI[6])[i])
        canvas.fill(rect(x + 222 + i * 18, y + 122, 13, 8), DAI[4])
        canvas.fill(rect(x + 222 + i * 18, y + 136, 13, 8), DAI[4])
    canvas.fill(rect(x + 240, y - 34, 8, 36), DAI[7])
    for i, light in enumerate((RED, TEA[4], DAI[4])):
        canvas.fill(rect(x + 236, y - 62 + i * 11, 16, 10), light)


def _inside(canvas: Canvas, x: float, y: float, number: int) -> None:
    if number % 2 == 0:
        canvas.fill(rect(x, y + 34, 46, 32), DAI[4])
        canvas.fill(rect(x + 44, y + 42, 70, 16), TEA[3])
        canvas.fill(
            [(x + 96, y + 100), (x + 104, y + 60), (x + 114, y + 60), (x + 122, y + 100)], DAI[3]
        )
    else:
        gear(canvas, x + 78, y + 66, 30, 12, TEA[4])
        canvas.fill([(x + 66, y), (x + 92, y), (x + 86, y + 30), (x + 72, y + 30)], DAI[3])


def _beams(canvas: Canvas) -> None:
    for i in range(TEETH):
        x = i * SPAN + 66
        canvas.fill([(x - 44, 232), (x + 52, 232), (x + 420, 900), (x + 190, 900)],
                    Wash(WHITE, TEA[1], alpha_top=0.42, alpha_bottom=0.05))  # fmt: skip


def _helmet(canvas: Canvas, x: float, y: float, size: float) -> None:
    dome = [
        (x - 11 * size + 22 * size * i / 16, y + 2 * size - 11 * size * math.sin(math.pi * i / 16))
        for i in range(17)
    ]
    canvas.fill(dome, TEA[2])
    canvas.fill(rect(x - 14 * size, y + 1 * size, 28 * size, 3 * size), TEA[3])


def _bench(canvas: Canvas) -> None:
    canvas.fill([(150, 818), (1450, 818), (1530, 856), (70, 856)], Wash(TEA[5], TEA[4]))
    canvas.fill(rect(70, 856, 1460, 20), TEA[7])
    canvas.fill(rect(110, 876, 1380, 30), TEA[8])
    for x, r, paint in (
        (262, 62, DAI[7]),
        (372, 38, TEA[7]),
        (1286, 54, DAI[8]),
        (1386, 34, DAI[5]),
    ):
        gear(canvas, x, 834 - r * 0.82, r, 16 if r > 50 else 11, paint)
    # Callipers, a vice and a stack of plates.
    canvas.fill(rect(520, 826, 170, 7), DAI[7])
    canvas.fill([(536, 826), (546, 826), (546, 796), (536, 786)], DAI[7])
    canvas.fill([(594, 826), (604, 826), (604, 786), (594, 796)], DAI[6])
    canvas.fill(place(rect(0, 0, 112, 22), 770, 808), DAI[8])
    canvas.fill(rect(790, 776, 30, 34), DAI[7])
    canvas.fill(rect(842, 776, 30, 34), DAI[7])
    canvas.fill(rect(818, 760, 26, 46), TEA[3])
    canvas.stroke([(872, 794), (918, 794)], 6, DAI[6])
    for i in range(5):
        canvas.fill(rect(1010 + (i % 2) * 6, 826 - i * 9, 130, 8), (DAI[4], DAI[5])[i % 2])
