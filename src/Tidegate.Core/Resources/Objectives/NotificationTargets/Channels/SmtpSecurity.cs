namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

/// <summary>How a connection to a mail server is secured.</summary>
public enum SmtpSecurity
{
    /// <summary>It begins in clear and must be secured before anything is said.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>In clear: for servers on the same machine.</summary>
    None,
}
