using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery;

/// <summary>Releases ask first: what was released when, whether a release may start now, and whether its canary is as good as what it replaces.</summary>
public sealed class DeliveryModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Delivery";

    /// <inheritdoc/>
    public override string Name => Word;
}
