using Tidegate.Core.Resources.Consumers;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>A consumer as calls see it.</summary>
internal sealed class ConsumerModel(string name, ConsumerConfig config)
{
    /// <summary>Name in the document.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public ConsumerConfig Config { get; } = config;
}
