using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>A prompt as calls see it.</summary>
/// <param name="name">Name in the document.</param>
/// <param name="config">What the document says.</param>
/// <param name="identity">All of it as a text: the same one is built once.</param>
/// <param name="versions">Its versions.</param>
internal sealed class PromptModel(string name, PromptConfig config, string identity, IReadOnlyList<PromptVersionModel> versions)
{
    private readonly PromptVersionModel _released = versions.First(v => v.Config.Version == config.Release);
    private readonly PromptVersionModel[] _canaries = [.. versions.Where(v => v.Config.Canary > 0 && v.Config.Version != config.Release)];

    /// <summary>Name in the document.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public PromptConfig Config { get; } = config;

    /// <summary>All of it as a text.</summary>
    public string Identity { get; } = identity;

    /// <summary>Its versions.</summary>
    public IReadOnlyList<PromptVersionModel> Versions { get; } = versions;

    /// <summary>Path it is published at.</summary>
    public string Path { get; } = PromptPath.Of(name, config);

    /// <summary>The version in force.</summary>
    public PromptVersionModel Released => _released;

    /// <summary>The version for a call that pins none: the one released, or a canary by its share.</summary>
    public PromptVersionModel Choose(IRandomSource random)
    {
        if (_canaries.Length == 0) return _released;
        var draw = random.NextDouble();
        foreach (var canary in _canaries)
        {
            draw -= canary.Config.Canary!.Value;
            if (draw < 0) return canary;
        }

        return _released;
    }
}
