using Tidegate.Core.Ports;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>
/// The order in which a call tries the targets of its alias: (1) the strategy's, or the conversation's own target first; (2) those whose window is probably too small last;
/// (3) those that have just recovered first for a growing share of the calls only; (4) new ones first for their share, and only for that.
/// </summary>
internal static class TargetOrder
{
    /// <summary>Orders in place.</summary>
    public static void Apply(TargetModel[] targets, GatewayCall call, ModelCall model, AliasModel alias, IRandomSource random, long now)
    {
        if (targets.Length < 2) return;
        var conversation = alias.Config.Sticky is { } sticky ? Conversation.Of(sticky, call, model) : (ulong?)null;
        if (conversation is { } own) Conversation.Order(targets, own);
        else alias.Strategy.Order(targets, model, random, now);
        if (model.EstimatedTokens > 0) Last(targets, t => t.ContextWindow > 0 && model.EstimatedTokens > t.ContextWindow);
        if (alias.SlowStart > 0) Last(targets, t => Share(t, alias.SlowStart, now) is < 1 and var share && random.NextDouble() >= share);
        if (alias.HasCanaries) Canaries(targets, conversation, random);
    }

    /// <summary>Share of its calls that a target gets: less than all for a while after it was off.</summary>
    public static double Share(TargetModel target, long slowStart, long now)
    {
        var share = 0.0;
        foreach (var state in target.States)
            share = Math.Max(share, state.ReturnedAt == 0 ? 1 : Math.Clamp((double)(now - state.ReturnedAt) / slowStart, 0.1, 1));
        return share;
    }

    private static void Canaries(TargetModel[] targets, ulong? conversation, IRandomSource random)
    {
        TargetModel? chosen = null;
        foreach (var target in targets)
        {
            if (target.Config.Canary is not { } share) continue;
            var draw = conversation is { } own ? Conversation.Draw(own, $"canary {target.Name}") : random.NextDouble();
            if (draw < share) chosen ??= target;
        }

        Last(targets, t => t.Config.Canary is not null);
        if (chosen is null) return;
        var at = Array.IndexOf(targets, chosen);
        Array.Copy(targets, 0, targets, 1, at);
        targets[0] = chosen;
    }

    // Moves those behind the others; the order among either stays.
    private static void Last(TargetModel[] targets, Func<TargetModel, bool> isLast)
    {
        var last = new List<TargetModel>();
        var kept = 0;
        foreach (var target in targets)
        {
            if (isLast(target)) last.Add(target);
            else targets[kept++] = target;
        }

        last.CopyTo(targets, kept);
    }
}
