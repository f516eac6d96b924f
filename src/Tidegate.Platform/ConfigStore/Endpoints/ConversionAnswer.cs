using Tidegate.Core.Resources;

namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>What was converted.</summary>
/// <param name="Text">YAML.</param>
/// <param name="Findings">What was forgiven, changed or left out.</param>
internal sealed record ConversionAnswer(string Text, IReadOnlyList<Finding> Findings);
