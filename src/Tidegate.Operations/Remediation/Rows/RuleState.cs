using Tidegate.Operations.Remediation.Levels;

namespace Tidegate.Operations.Remediation.Rows;

/// <summary>What a rule has done, and what it still has to do: everything that a node needs that goes on with it. Immutable.</summary>
internal sealed record RuleState
{
    public required string Policy { get; init; }

    public required string Rule { get; init; }

    public RulePhase Phase { get; init; }

    /// <summary>Names this time of being active; what is made for it has ids made of it. Empty before the first.</summary>
    public string Activation { get; init; } = "";

    public RuleClock Clock { get; init; }

    /// <summary>Objectives for which the condition has held since it became active.</summary>
    public IReadOnlyList<string> Involved { get; init; } = [];

    /// <summary>Services of these objectives.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>True when nothing is done but said.</summary>
    public bool DryRun { get; init; }

    /// <summary>Why it became active, in words.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    /// <summary>Why it is left, in words.</summary>
    public string LeftBecause { get; init; } = "";

    /// <summary>True when it is left because the budget has recovered, and not because the document says so.</summary>
    public bool Recovered { get; init; }

    /// <summary>What it does, in order.</summary>
    public IReadOnlyList<PolicyAction> Actions { get; init; } = [];

    /// <summary>How often in a row it expired without recovery.</summary>
    public int Ineffective { get; init; }

    /// <summary>True when people were told that it did not help.</summary>
    public bool Escalated { get; init; }

    /// <summary>Names of the targets that are told of what it did, separated by commas; kept, for whoever was told must hear of the end.</summary>
    public string Targets { get; init; } = "";

    /// <summary>Grows with every change; 0 when it was never written.</summary>
    public long Version { get; init; }

    public string Id => $"{Policy}/{Rule}";

    /// <summary>With one of its actions replaced.</summary>
    public RuleState With(int index, PolicyAction action) => this with { Actions = [.. Actions.Select((a, i) => i == index ? action : a)] };
}
