namespace Tidegate.Core.Resources.OpenSlo.Slos;

/// <summary>The target of an objective, whichever way it is written.</summary>
public static class SloTarget
{
    /// <summary>Share that must be good, between 0 and 1, both exclusive in documents that passed the rules; exact.</summary>
    public static decimal Of(SloObjectiveConfig objective) => objective.Target ?? objective.TargetPercent / 100m ?? 0m;
}
