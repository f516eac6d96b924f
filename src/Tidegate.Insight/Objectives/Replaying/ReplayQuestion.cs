using Tidegate.Core.Resources.Reading;

namespace Tidegate.Insight.Objectives.Replaying;

/// <summary>What is to be replayed, and over which time.</summary>
/// <param name="Texts">Proposed documents, which stand beside what is in force.</param>
/// <param name="Lenient">OpenSLO files are read leniently.</param>
/// <param name="From">Beginning.</param>
/// <param name="Until">End.</param>
internal sealed record ReplayQuestion(IReadOnlyList<SourceText> Texts, bool Lenient, DateTimeOffset From, DateTimeOffset Until);
