using Tidegate.Core.Ports;

namespace Tidegate.Hosting;

/// <summary>The random source of the process; the one place that may use the shared generator.</summary>
internal sealed class SystemRandom : IRandomSource
{
#pragma warning disable RS0030 // this is what everybody else is told to use
    public double NextDouble() => Random.Shared.NextDouble();

    public int Next(int exclusiveMax) => Random.Shared.Next(exclusiveMax);

    public void NextBytes(Span<byte> bytes) => Random.Shared.NextBytes(bytes);
#pragma warning restore RS0030
}
