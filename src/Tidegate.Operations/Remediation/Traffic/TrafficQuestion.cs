using Tidegate.Core.Resources;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary>What an action is planned for.</summary>
/// <param name="Document">The configuration in force, overlays included.</param>
/// <param name="Objective">Id of the objective that burns.</param>
/// <param name="From">Since when its bad calls are looked at.</param>
/// <param name="Until">Until when.</param>
internal sealed record TrafficQuestion(ConfigDocument Document, string Objective, DateTimeOffset From, DateTimeOffset Until);
