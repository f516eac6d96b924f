namespace Tidegate.Core.Ports;

/// <summary>Randomness as a constructor parameter, so that jitter, splits and choices can be repeated in tests. Implementations are thread-safe.</summary>
public interface IRandomSource
{
    /// <summary>A number in [0, 1).</summary>
    double NextDouble();

    /// <summary>A number in [0, <paramref name="exclusiveMax"/>).</summary>
    int Next(int exclusiveMax);

    /// <summary>Fills the span; not for keys or tokens (those use <see cref="System.Security.Cryptography.RandomNumberGenerator"/>).</summary>
    void NextBytes(Span<byte> bytes);
}
