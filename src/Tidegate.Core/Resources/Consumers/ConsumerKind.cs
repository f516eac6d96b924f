using Tidegate.Core.Resources.Consumers.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Consumers;

internal sealed class ConsumerKind : ResourceKind<ConsumerConfig>
{
    protected override IReadOnlyList<ResourceRule<ConsumerConfig>> Rules { get; } =
    [
        new RoutePatternRule(),
        new CertificateRule(),
        new ConsumerLimitRule(),
    ];

    protected override IReadOnlyList<DocumentRule> DocumentRules { get; } = [new UniqueKeyRule(), new UniqueSubjectRule()];
}
