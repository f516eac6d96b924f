using Tidegate.Core.Resources.Guardrails.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Guardrails;

internal sealed class GuardrailKind : ResourceKind<GuardrailConfig>
{
    protected override IReadOnlyList<ResourceRule<GuardrailConfig>> Rules { get; } =
    [
        new DetectRule(),
        new WebhookRule(),
        new EmptyGuardrailRule(),
    ];
}
