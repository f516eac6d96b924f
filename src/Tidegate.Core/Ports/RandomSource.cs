namespace Tidegate.Core.Ports;

/// <summary>The process's random source: the runtime's thread-safe generator.</summary>
public sealed class RandomSource : IRandomSource
{
#pragma warning disable RS0030 // The one place that may use the shared generator; everything else takes IRandomSource.
    private static readonly Random Generator = Random.Shared;
#pragma warning restore RS0030

    /// <inheritdoc/>
    public double NextDouble() => Generator.NextDouble();

    /// <inheritdoc/>
    public int Next(int exclusiveMax) => Generator.Next(exclusiveMax);

    /// <inheritdoc/>
    public void NextBytes(Span<byte> bytes) => Generator.NextBytes(bytes);
}
