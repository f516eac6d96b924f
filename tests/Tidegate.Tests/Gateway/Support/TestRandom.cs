using System.Collections.Concurrent;
using Tidegate.Core.Ports;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>Repeatable randomness: scripted numbers first, then a seeded generator.</summary>
internal sealed class TestRandom(int seed = 20240229) : IRandomSource
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly ConcurrentQueue<double> _script = new();

    /// <summary>Numbers in [0, 1) that the next draws give.</summary>
    public TestRandom Then(params double[] numbers)
    {
        foreach (var number in numbers) _script.Enqueue(number);
        return this;
    }

    public double NextDouble()
    {
        if (_script.TryDequeue(out var scripted)) return scripted;
        lock (_gate) return _random.NextDouble();
    }

    public int Next(int exclusiveMax) => (int)(NextDouble() * exclusiveMax);

    public void NextBytes(Span<byte> bytes)
    {
        lock (_gate) _random.NextBytes(bytes);
    }
}
