using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Services.Rules;

namespace Tidegate.Core.Resources.Services;

internal sealed class ServiceKind : ResourceKind<ServiceConfig>
{
    protected override IReadOnlyList<ResourceRule<ServiceConfig>> Rules { get; } =
    [
        new DestinationAddressRule(),
        new DestinationNameRule(),
        new DuplicateDestinationRule(),
        new DestinationWeightRule(),
        new HashRule(),
        new StickyRule(),
        new VersionHeaderRule(),
        new UpstreamTlsRule(),
        new ActiveHealthRule(),
        new TimeoutRule(),
        new RetryStatusRule(),
        new AdaptiveLimitRule(),
        new FallbackRule(),
        new DependencyRule(),
    ];

    protected override IReadOnlyList<DocumentRule> DocumentRules { get; } = [new FallbackCycleRule()];
}
