namespace Tidegate.Core.Resources.Objectives.NotificationTargets;

/// <summary>Texts of messages. <c>{name}</c> in them stands for a field of the alert.</summary>
public sealed record NotificationTemplatesConfig
{
    /// <summary>Subject or title. Default: the built-in one.</summary>
    public string? Title { get; init; }

    /// <summary>Text. Default: the built-in one.</summary>
    public string? Body { get; init; }
}
