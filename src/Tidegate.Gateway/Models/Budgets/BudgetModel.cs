using System.Collections.Frozen;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>A budget as calls see it.</summary>
internal sealed class BudgetModel
{
    /// <summary>Header in which callers tag their calls.</summary>
    public const string TagsHeader = "X-Tidegate-Tags";

    private readonly FrozenSet<string> _consumers, _teams, _keys, _models, _prompts, _routes, _tags;

    public BudgetModel(string name, BudgetConfig config, BudgetState state)
    {
        (Name, Config, State) = (name, config, state);
        (_consumers, _teams, _keys) = (Set(config.For.Consumers), Set(config.For.Teams), Set(config.For.Keys));
        (_models, _prompts, _routes, _tags) = (Set(config.For.Models), Set(config.For.Prompts), Set(config.For.Routes), Set(config.For.Tags));
        (var nanos, Currency) = config.Cost is { } cost ? MoneyText.Parse(cost) : (long.MaxValue, null);
        var tokens = config.Tokens > 0 ? config.Tokens : long.MaxValue;
        Limits = new BudgetLimits(new BudgetAmount(tokens, nanos), new BudgetAmount(Soft(tokens), Soft(nanos)), config.SoftLimit);

        long Soft(long most) => most == long.MaxValue || config.SoftLimit >= 1 ? long.MaxValue : (long)Math.Ceiling((decimal)config.SoftLimit * most);
    }

    /// <summary>Name in the document.</summary>
    public string Name { get; }

    /// <summary>What the document says.</summary>
    public BudgetConfig Config { get; }

    /// <summary>Its accounts; kept across snapshots.</summary>
    public BudgetState State { get; }

    /// <summary>It is no document of its own: what it caps is told of elsewhere.</summary>
    public bool IsCap { get; init; }

    /// <summary>How much may be used.</summary>
    public BudgetLimits Limits { get; }

    /// <summary>Currency of its money; null when money is not limited.</summary>
    public string? Currency { get; }

    /// <summary>True when it counts a call.</summary>
    public bool Counts(GatewayCall call, AliasModel alias) =>
        Holds(_models, alias.Name) && Holds(_prompts, call.Record.Prompt) && Holds(_routes, call.Route.Name) && Holds(_consumers, call.Caller.Consumer) && Holds(_keys, call.Caller.KeyId) && Holds(_teams, Team(call)) && Tagged(call) && HasPart(call);

    /// <summary>Whose count a call is in.</summary>
    public string PartOf(GatewayCall call, AliasModel alias) => Config.Each switch
    {
        BudgetEach.Consumer => call.Caller.Consumer,
        BudgetEach.Team => Team(call),
        BudgetEach.Key => call.Caller.KeyId,
        BudgetEach.Model => alias.Name,
        BudgetEach.Prompt => call.Record.Prompt,
        _ => "",
    };

    // A call without a prompt is none of any prompt's. Without a consumer it is the count of those who have none: leaving the key out must not be a way around.
    private bool HasPart(GatewayCall call) => Config.Each switch
    {
        BudgetEach.Prompt => call.Record.Prompt.Length > 0,
        BudgetEach.Team => Team(call).Length > 0,
        BudgetEach.Key => call.Caller.KeyId.Length > 0,
        _ => true,
    };

    private static FrozenSet<string> Set(IReadOnlyList<string> names) => names.ToFrozenSet(StringComparer.Ordinal);

    private static bool Holds(FrozenSet<string> set, string name) => set.Count == 0 || set.Contains(name);

    private static string Team(GatewayCall call) => call.Caller.Model?.Config.Team ?? "";

    private bool Tagged(GatewayCall call)
    {
        if (_tags.Count == 0) return true;
        foreach (var line in call.Http.Request.Headers[TagsHeader])
            foreach (var tag in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
                if (_tags.Contains(tag)) return true;
        return false;
    }
}
