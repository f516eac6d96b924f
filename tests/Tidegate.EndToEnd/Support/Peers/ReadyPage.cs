using Tidegate.EndToEnd.Support.Processes;

namespace Tidegate.EndToEnd.Support.Peers;

/// <summary>The page <c>/-/ready</c>, by which programs of the Prometheus project say that they have started.</summary>
internal static class ReadyPage
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a program answers there; not any longer when it has ended.</summary>
    public static Task AnswersAsync(HttpClient http, ChildProcess process, string name) => Eventually.IsTrueAsync(async () =>
    {
        try
        {
            using var ready = await http.GetAsync(new Uri("/-/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return ready.IsSuccessStatusCode;
        }
        catch (HttpRequestException) when (!process.HasExited)
        {
            return false;
        }
    }, Limit, $"{name} answers");
}
