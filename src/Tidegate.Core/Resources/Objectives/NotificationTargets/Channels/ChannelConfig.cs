using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

/// <summary>A way to send a message.</summary>
[Variants(
    typeof(WebhookChannelConfig),
    typeof(EmailChannelConfig),
    typeof(SlackChannelConfig),
    typeof(TeamsChannelConfig),
    typeof(PagerDutyChannelConfig),
    typeof(OpsgenieChannelConfig),
    typeof(AlertmanagerChannelConfig))]
public abstract record ChannelConfig;
