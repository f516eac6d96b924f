using Tidegate.Core.Resources;

namespace Tidegate.Platform.ConfigStore;

/// <summary>What applying a candidate has done.</summary>
/// <param name="Revision">The revision now in force.</param>
/// <param name="Changed">False when the candidate said what was in force already: no revision was made.</param>
/// <param name="Findings">Warnings.</param>
/// <param name="Refused">Set when the node that answers refused to run the revision: it is stored, but another one goes on serving there.</param>
public sealed record Applied(Revision Revision, bool Changed, IReadOnlyList<Finding> Findings, NodeRefusal? Refused = null);
