using System.Collections.Frozen;
using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>The prompts of a snapshot, by the paths they are called at.</summary>
internal sealed class PromptTable
{
    private readonly FrozenDictionary<string, PromptAddress>.AlternateLookup<ReadOnlySpan<char>> _byPath;
    private readonly bool _any;

    public PromptTable(IReadOnlyList<PromptModel> prompts)
    {
        All = prompts;
        _any = prompts.Count > 0;
        var byPath = new Dictionary<string, PromptAddress>(StringComparer.Ordinal);
        foreach (var prompt in prompts)
        {
            Add(prompt.Path, new PromptAddress(prompt, null));
            foreach (var version in prompt.Versions) Add(PromptPath.OfVersion(prompt.Path, version.Config.Version), new PromptAddress(prompt, version));
        }

        _byPath = byPath.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

        void Add(string path, PromptAddress address)
        {
            byPath.TryAdd(path, address);
            byPath.TryAdd(path + PromptPath.DocumentEnd, new PromptAddress(address.Prompt, address.Pinned) { Described = path });
        }
    }

    /// <summary>A table without anything.</summary>
    public static PromptTable Empty { get; } = new([]);

    /// <summary>All prompts, ordered by name.</summary>
    public IReadOnlyList<PromptModel> All { get; }

    /// <summary>What is at a path; null when no prompt is.</summary>
    public PromptAddress? Find(ReadOnlySpan<char> path) => _any && _byPath.TryGetValue(path, out var address) ? address : null;
}
