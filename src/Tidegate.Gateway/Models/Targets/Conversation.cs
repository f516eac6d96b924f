using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Request;
using Tidegate.Models.Json;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>Which conversation a call belongs to, and which target of an alias is its own: weighted rendezvous hashing, so all nodes agree and a target that goes takes only its own conversations along.</summary>
internal static class Conversation
{
    /// <summary>What tells the conversation, as a number.</summary>
    public static ulong Of(StickyConfig config, GatewayCall call, ModelCall model)
    {
        var hash = new XxHash3();
        if (config.Header is { } header && call.Http.Request.Headers[header] is [{ Length: > 0 } named, ..]) return Add(hash, named);
        if (model.Face.IsForm) return Add(hash, call.Caller.Consumer);
        var root = model.Json;
        foreach (var name in (ReadOnlySpan<string>)["prompt_cache_key", "user"])
            if (root.TryField(name, out var value) && value.ValueKind == JsonValueKind.String) return Add(hash, value.GetRawText());
        Add(hash, call.Caller.Consumer);
        foreach (var name in (ReadOnlySpan<string>)["system", "instructions", "systemInstruction", "system_instruction"])
            if (root.TryField(name, out var value)) Add(hash, value.GetRawText());
        foreach (var name in (ReadOnlySpan<string>)["messages", "contents", "input", "prompt"])
            if (root.TryField(name, out var value)) AddBegin(hash, value);
        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Orders targets for a conversation: the first is its own.</summary>
    public static void Order(Span<TargetModel> targets, ulong conversation)
    {
        var scores = new double[targets.Length];
        for (var i = 0; i < targets.Length; i++) scores[i] = -Score(targets[i], conversation); // the highest first
        scores.AsSpan().Sort(targets);
    }

    /// <summary>A number in (0, 1) of a conversation and a word: the same for every call of it.</summary>
    public static double Draw(ulong conversation, string word)
    {
        var hash = new XxHash3((long)conversation);
        return ((Add(hash, word) >> 11) + 0.5) / (1UL << 53);
    }

    private static double Score(TargetModel target, ulong conversation) => target.Config.Weight == 0 ? 0 : -target.Config.Weight / Math.Log(Draw(conversation, target.Name));

    // Up to and with the user's first words: what stays the same while the conversation goes on.
    private static void AddBegin(XxHash3 hash, JsonElement turns)
    {
        if (turns.ValueKind != JsonValueKind.Array)
        {
            Add(hash, turns.GetRawText());
            return;
        }

        foreach (var turn in turns.EnumerateArray())
        {
            Add(hash, turn.GetRawText());
            if (turn.ValueKind != JsonValueKind.Object || (turn.TryField("role", out var role) && role.Is("user"))) return;
        }
    }

    private static ulong Add(XxHash3 hash, string text)
    {
        hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
        return hash.GetCurrentHashAsUInt64();
    }
}
