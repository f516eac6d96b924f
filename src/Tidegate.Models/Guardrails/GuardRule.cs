using Tidegate.Core.Resources.Guardrails;

namespace Tidegate.Models.Guardrails;

/// <summary>One line of a guardrail: what is looked for and what is done about it.</summary>
/// <param name="Guardrail">Name of the guardrail.</param>
/// <param name="Name">Name of the finding.</param>
/// <param name="Action">What is done.</param>
/// <param name="Replacement">What stands in its place when masked.</param>
internal sealed record GuardRule(string Guardrail, string Name, GuardAction Action, string Replacement)
{
    /// <summary>Restores the placeholders of a call.</summary>
    public static GuardRule Restore { get; } = new("", "", GuardAction.Flag, "");

    /// <summary>Puts the placeholders of a call back in the place of their values, where a text is written down.</summary>
    public static GuardRule Hide { get; } = new("", "", GuardAction.Tokenise, "");

    /// <summary>Looked for in texts of the system and the developer too.</summary>
    public bool InInstructions { get; init; } = true;
}

/// <summary>A rule and one of its detectors.</summary>
/// <param name="Detector">Who looks.</param>
/// <param name="Rule">What for.</param>
internal readonly record struct GuardLook(Detector Detector, GuardRule Rule);
