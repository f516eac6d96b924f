namespace Tidegate.Insight.Objectives.Replaying;

/// <summary>How far a replay is.</summary>
/// <param name="Done">Share that is done, 0 to 1.</param>
/// <param name="Objective">Id of the objective it is at.</param>
internal sealed record ReplayProgress(double Done, string Objective);
