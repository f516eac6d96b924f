namespace Tidegate.Core.Resources.OpenSlo.Exporting;

/// <summary>Objectives as plain OpenSLO.</summary>
/// <param name="Resources">The objects, services first.</param>
/// <param name="Notes">What OpenSLO has no words for.</param>
public sealed record OpenSloExportResult(IReadOnlyList<Resource> Resources, IReadOnlyList<Finding> Notes);
