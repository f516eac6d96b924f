namespace Tidegate.Operations.Remediation;

/// <summary>A figure of an objective against the level of a rule.</summary>
/// <param name="Objective">Id of the objective.</param>
/// <param name="What"><c>budget_left</c> (percent), <c>burn</c> (times as fast as the budget allows) or <c>incident</c> (percent of the budget that one incident used).</param>
/// <param name="Value">Where it stands; null when nothing is known.</param>
/// <param name="Level">What the rule says, such as <c>below 25 %</c>.</param>
/// <param name="Holds">Whether it is so; null when nothing is known.</param>
/// <param name="Window">Window of a burn, such as <c>1h</c>; empty for others.</param>
/// <param name="Incident">Id of the incident that used most; empty for others.</param>
public sealed record PolicyLevel(string Objective, string What, double? Value, string Level, bool? Holds, string Window = "", string Incident = "")
{
    /// <summary>In words: <c>checkout: 12.5 % of the budget left (below 25 %)</c>.</summary>
    public string Text => FormattableString.Invariant($"{Objective}: {Said} ({Level})");

    private string Said => (What, Value) switch
    {
        (_, null) => $"{What} is not known",
        ("budget_left", { } left) => FormattableString.Invariant($"{Math.Round(left, 2):0.##} % of the budget left"),
        ("burn", { } burn) => FormattableString.Invariant($"burns {Math.Round(burn, 2):#,0.##} times as fast as it may over {Window}"),
        (_, { } used) => FormattableString.Invariant($"{(Incident.Length > 0 ? Incident : "no incident")} used {Math.Round(used, 2):0.##} % of the budget"),
    };
}
