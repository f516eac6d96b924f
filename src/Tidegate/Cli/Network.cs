namespace Tidegate.Cli;

/// <summary>How the command line reaches an admin API.</summary>
internal static class Network
{
    /// <summary>A handler that fails soon when nobody is there and follows no redirects (a token must not travel).</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        // The admin address is loopback or inside the organisation; HTTP_PROXY of the shell is for the outside.
        UseProxy = false,
    };
}
