using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

/// <summary><c>email</c>: mail over SMTP.</summary>
[Variant("email")]
public sealed record EmailChannelConfig : ChannelConfig
{
    /// <summary>Recipients.</summary>
    [MinLength(1)]
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Sender.</summary>
    public required string From { get; init; }

    /// <summary>Host of the SMTP server.</summary>
    public required string Host { get; init; }

    /// <summary>Its port. Default 587.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>How the connection is secured: <c>startTls</c> (default), <c>tls</c> or <c>none</c>.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>User. Default: no authentication.</summary>
    public string? Username { get; init; }

    /// <summary>Its password.</summary>
    [Secret]
    public string? Password { get; init; }
}
