"""Augmentations of what the critic sees."""

from __future__ import annotations

import torch

from training.data.augment import augment, cutout, flip, translation

POLICY = ("colour", "translation", "cutout")


def test_flip_mirrors_about_half_and_leaves_the_others() -> None:
    pictures = torch.rand(200, 3, 4, 4)
    flipped = flip(pictures)
    mirrored = (flipped == pictures.flip(3)).flatten(1).all(1)
    assert torch.equal(flipped[~mirrored], pictures[~mirrored])
    assert 70 < mirrored.sum() < 130


def test_translation_moves_whole_pixels_at_most_an_eighth() -> None:
    picture = torch.zeros(1, 3, 16, 16)
    picture[:, :, 8, 8] = 1.0
    moved = translation(picture.repeat(300, 1, 1, 1))
    places = moved[:, 0].nonzero()
    assert len(places) == 300 and set(moved.unique().tolist()) == {0.0, 1.0}
    for axis in (1, 2):
        assert set(places[:, axis].tolist()) == {6, 7, 8, 9, 10}


def test_cutout_greys_at_most_a_square_of_half_a_side() -> None:
    cut = (cutout(torch.ones(200, 1, 16, 16)) == 0).sum((1, 2, 3))
    assert cut.max() <= 81 and cut.min() >= 16


def test_colour_keeps_the_edges_in_place() -> None:
    pictures = torch.rand(8, 3, 4, 4)
    pictures[:, :, :, 2:] = pictures[:, :, :1, :1]
    coloured = augment(pictures, ("colour",))
    assert not torch.allclose(coloured, pictures)
    right = coloured[:, :, :, 2:]
    assert torch.allclose(right, right[:, :, :1, :1].expand_as(right), atol=1e-6)


def test_gradients_pass_through_all_and_none_draws_twice_the_same() -> None:
    pictures = torch.rand(4, 3, 16, 16, requires_grad=True)
    first, second = augment(pictures, POLICY), augment(pictures, POLICY)
    assert first.shape == pictures.shape and not torch.equal(first, second)
    first.square().sum().backward()
    assert pictures.grad.abs().sum() > 0
    assert augment(pictures, ()) is pictures
