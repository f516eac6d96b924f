using Tidegate.Core.Ports;
using Tidegate.Core.Resources;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>A configuration that is there from the start.</summary>
internal sealed class MemorySource(ConfigDocument document, IReadOnlyList<IssuedKey> keys) : IConfigSource, IDisposable
{
    public ActiveConfig? Current { get; } = new(1, 1, document, keys, []);

    public IDisposable Subscribe(Action<ActiveConfig> handler) => this;

    public void Dispose()
    {
    }
}
