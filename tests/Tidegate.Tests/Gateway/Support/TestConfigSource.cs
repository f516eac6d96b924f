using Tidegate.Core.Ports;
using Tidegate.Core.Resources;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>A configuration source whose document a test replaces; handlers have run when <see cref="Apply(ConfigDocument)"/> returns.</summary>
internal sealed class TestConfigSource : IConfigSource
{
    private readonly List<Action<ActiveConfig>> _handlers = [];

    public ActiveConfig? Current { get; private set; }

    public IDisposable Subscribe(Action<ActiveConfig> handler)
    {
        _handlers.Add(handler);
        return new Subscription(() => _handlers.Remove(handler));
    }

    /// <summary>Makes a document the one in force.</summary>
    public ActiveConfig Apply(ConfigDocument document, params IssuedKey[] keys)
    {
        var next = (Current?.Generation ?? 0) + 1;
        var config = new ActiveConfig(next, next, document, keys, []);
        Current = config;
        foreach (var handler in _handlers.ToArray()) handler(config);
        return config;
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
