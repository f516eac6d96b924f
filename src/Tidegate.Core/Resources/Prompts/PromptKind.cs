using Tidegate.Core.Resources.Prompts.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Prompts;

internal sealed class PromptKind : ResourceKind<PromptConfig>
{
    protected override IReadOnlyList<ResourceRule<PromptConfig>> Rules { get; } =
    [
        new PromptPathRule(),
        new PromptReleaseRule(),
        new PromptVersionRule(),
        new VariableRule(),
        new TemplateRule(),
        new PromptExampleRule(),
    ];

    protected override IReadOnlyList<DocumentRule> DocumentRules { get; } = [new UniquePromptPathRule(), new PromptRouteRule()];
}
