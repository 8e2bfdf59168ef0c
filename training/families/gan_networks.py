"""The networks of a GAN's configuration: style-based ones, or the DCGAN's."""

from __future__ import annotations

from torch import Tensor, nn

from training.core.device import channels_last
from training.families.config import GanConfig
from training.networks.dcgan import DcganCritic, DcganGenerator
from training.networks.style import MappingNetwork, StyleCritic, StyleGenerator, default_widths, mix_styles, unfinished


class Generator(nn.Module):
    """`z` float (N, latent), and `conditions` where it takes them -> pictures float (N, C, H, W) in -1..1, by way of
    `w` (N, layers, style)."""

    synthesis: DcganGenerator | StyleGenerator
    mapping: MappingNetwork | None

    def __init__(self, config: GanConfig, vocabulary: int = 0) -> None:
        super().__init__()
        widths = config.widths or default_widths(unfinished(config.size, config.finish))
        if config.network == "dcgan":
            self.synthesis = DcganGenerator(config.size, config.channels, config.latent, widths[-1])
            self.mapping = None
        else:
            synthesis = StyleGenerator(config.size, config.channels, widths, config.style, vocabulary, config.finish)
            self.synthesis = synthesis
            self.mapping = MappingNetwork(config.latent, config.style, synthesis.layers, config.mapping_depth)

    def forward(
        self, z: Tensor, conditions: Tensor | None = None, other: Tensor | None = None, mixing: float = 0.0
    ) -> Tensor:
        """With `other`, latents like `z`, the styles of the two are mixed with probability `mixing`."""
        if self.mapping is None:
            return self.synthesis(z[:, None])
        w = self.mapping(z)
        return self.synthesis(w if other is None else mix_styles(w, self.mapping(other), mixing), conditions)


def build_networks(config: GanConfig, vocabulary: int = 0) -> tuple[Generator, DcganCritic | StyleCritic]:
    """(generator, critic) of a configuration, untrained. Raises ValueError for a conditional DCGAN."""
    if config.network == "dcgan" and vocabulary:
        raise ValueError("the DCGAN takes no conditions: leave --condition out, or choose --network style")
    generator = channels_last(Generator(config, vocabulary))
    widths = config.widths or default_widths(unfinished(config.size, config.finish))
    if config.network == "dcgan":
        return generator, channels_last(DcganCritic(config.size, config.channels, widths[-1]))
    critic = StyleCritic(config.size, config.channels, widths, vocabulary, config.finish)
    return generator, channels_last(critic)
