using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Diff;

namespace Tidegate.Platform.ConfigStore;

/// <summary>What applying a candidate would do.</summary>
/// <param name="Parent">Revision in force that it was compared with.</param>
/// <param name="Valid">False when a finding is an error: it would be refused.</param>
/// <param name="Summary">The differences in one line; empty when not valid.</param>
/// <param name="Total">Objects that differ.</param>
/// <param name="Changes">The differences; empty when not valid or when there are none, and fewer than <paramref name="Total"/> when only so many were asked for.</param>
/// <param name="Findings">Errors and warnings.</param>
public sealed record Plan(long Parent, bool Valid, string Summary, int Total, IReadOnlyList<ObjectChange> Changes, IReadOnlyList<Finding> Findings);
