"""迎澜桥: three stone arches in the morning mist."""

from __future__ import annotations

from scripts.pictures.buildings import arch_ring, rail
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import ferryman, umbrella, walker
from scripts.pictures.geometry import Line, arc, below, lerp, oval, smooth
from scripts.pictures.land import birds, boat, hills, ripples, sky, sun, water
from scripts.pictures.palette import DAI, SUN, TEA, WHITE, mix
from scripts.pictures.plants import far_trees, tree, willow

LEVEL = 640.0
ARCHES = ((520.0, 74.0, 92.0), (800.0, 132.0, 172.0), (1080.0, 74.0, 92.0))


def draw() -> Canvas:
    """The bridge from the water, its arches closed into rings by their reflections."""
    canvas = Canvas()
    sky(canvas, mix(DAI[2], DAI[3], 0.25), TEA[1], 560)
    sun(canvas, 1236, 168, 58)
    hills(canvas, 31, 430, 250, 520, 2.2, sharp=0.5, foot=TEA[1])
    hills(canvas, 47, 500, 210, 430, 3.1, sharp=0.3, foot=DAI[1])
    canvas.mist(500, 150, TEA[0], 0.75)
    hills(canvas, 12, 570, 130, 360, 4.0, foot=DAI[2])
    far_trees(canvas, 5, (-20, 1620), 622, (16, 34), (DAI[4], mix(DAI[4], DAI[5], 0.5)))
    canvas.mist(600, 120, TEA[0], 0.7)
    water(canvas, LEVEL, mix(DAI[2], TEA[1], 0.4), DAI[3])
    _banks(canvas)
    _bridge(canvas)
    canvas.mirror(LEVEL, 250, DAI[3], squash=0.86, strength=0.62, ripple=2.4)
    _surface(canvas)
    _shores(canvas)
    boat(canvas, 1140, 742, 0.62, flip=True)
    boat(canvas, 430, 806, 1.0)
    ferryman(canvas, 500, 800, 0.98)
    back = smooth([(-30, -10), (120, -4), (330, -26)])
    willow(canvas, 14, back, 17, (130, 330), DAI[5])
    branch = smooth([(-40, 44), (60, 16), (170, 6), (300, -22)])
    willow(canvas, 9, branch, 15, (190, 470), DAI[7])
    birds(canvas, [(960, 190, 40), (1010, 214, 30), (905, 226, 26)], DAI[6])
    return canvas


def _deck() -> Line:
    return smooth([(250, 618), (400, 588), (560, 508), (680, 446), (800, 424), (920, 446),
                   (1040, 508), (1200, 588), (1350, 618)])  # fmt: skip


def _bridge(canvas: Canvas) -> None:
    deck = _deck()
    body = below(deck, LEVEL + 4)
    holes = [[*arc(x, LEVEL, rx, ry, 180, 360), (x + rx, LEVEL + 6), (x - rx, LEVEL + 6)]
             for x, rx, ry in ARCHES]  # fmt: skip
    canvas.cut([body, *holes], Wash(DAI[6], DAI[7], 420, LEVEL))
    _courses(canvas, deck, holes)
    for x, rx, ry in ARCHES:
        arch_ring(canvas, x, LEVEL, rx + 9, ry + 9, 17, DAI[4], 17 if rx > 100 else 11)
        # The far edge of the vault shows as a crescent of shade.
        vault = [*arc(x, LEVEL, rx, ry, 180, 360), *arc(x + 12, LEVEL, rx - 6, ry - 9, 360, 180)]
        canvas.fill(vault, DAI[8])
    canvas.stroke([(x, y + 3) for x, y in deck], 7, DAI[4])
    canvas.stroke([(x, y + 9) for x, y in deck], 2.4, DAI[8])
    walker(canvas, 742, 434, 0.62, coat=TEA[6])
    umbrella(canvas, 744, 384, 0.62, TEA[3])
    walker(canvas, 1000, 486, 0.6, coat=DAI[8], flip=True, bag=TEA[5])
    rail(canvas, deck, 31, 30, DAI[7])


def _courses(canvas: Canvas, deck: Line, holes: list[Line]) -> None:
    """Rows of cut stone on the walls, kept out of the openings."""
    with canvas.clip(below(deck, LEVEL), holes=holes):
        for row in range(9):
            level = 452 + row * 22
            canvas.stroke([(240, level), (1360, level)], 1.3, DAI[4], 0.28)
            for i in range(34):
                x = 250 + i * 34 + (row % 2) * 17
                canvas.stroke([(x, level), (x, level + 22)], 1.1, DAI[4], 0.22)


def _surface(canvas: Canvas) -> None:
    for i in range(14):
        y = lerp(LEVEL + 26, 890, i / 13)
        canvas.fill(oval(1236 + (i % 3 - 1) * 9, y, lerp(54, 96, i / 13) * (0.6 + 0.4 * (i % 2)),
                         2.4), SUN, 0.5)  # fmt: skip
    ripples(canvas, 4, (0, LEVEL + 16, 1600, 890), 120, WHITE, 0.6)
    canvas.stroke([(0, LEVEL), (1600, LEVEL)], 2.0, WHITE, 0.6)


def _shores(canvas: Canvas) -> None:
    left = smooth(
        [(-20, 600), (90, 606), (210, 612), (290, 628), (330, 646), (200, 660), (-20, 668)]
    )
    right = smooth([(1620, 596), (1500, 604), (1390, 612), (1310, 628), (1270, 646), (1400, 660),
                    (1620, 672)])  # fmt: skip
    for bank in (left, right):
        canvas.fill(bank, Wash(DAI[6], DAI[7]))


def _banks(canvas: Canvas) -> None:
    _shores(canvas)
    tree(canvas, 1490, 616, 1.15, 3)
    tree(canvas, 1400, 622, 0.72, 8, TEA[5], TEA[4])
    tree(canvas, 1572, 622, 0.8, 5, DAI[6], DAI[5])
    tree(canvas, 96, 616, 0.8, 4, DAI[6], DAI[5])
