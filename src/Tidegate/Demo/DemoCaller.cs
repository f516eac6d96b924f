namespace Tidegate.Demo;

/// <summary>Somebody who calls: how often, with which key, for what.</summary>
/// <param name="Name">For people.</param>
/// <param name="Key">API key; null for none.</param>
/// <param name="PerSecond">Mean calls a second; arrivals do not wait for answers.</param>
/// <param name="Calls">Method and path, one of them picked each time.</param>
internal sealed record DemoCaller(string Name, string? Key, double PerSecond, IReadOnlyList<(HttpMethod Method, string Path)> Calls)
{
    /// <summary>The mix: mostly fine, some slow, some refused.</summary>
    public static IReadOnlyList<DemoCaller> All { get; } =
    [
        new("web", DemoKeys.Web, 6, [(HttpMethod.Get, "/products"), (HttpMethod.Get, "/products/anchor"), (HttpMethod.Get, "/products/buoy"), (HttpMethod.Post, "/orders")]),
        new("mobile", DemoKeys.Mobile, 4, [(HttpMethod.Get, "/products"), (HttpMethod.Get, "/products/compass"), (HttpMethod.Get, "/products/kraken"), (HttpMethod.Post, "/orders")]),
        new("partner, over its limit", DemoKeys.Partner, 4, [(HttpMethod.Get, "/products")]),
        new("partner's reports, slow", DemoKeys.Web, 0.6, [(HttpMethod.Get, "/reports/turnover")]),
        new("stranger without a key", null, 0.6, [(HttpMethod.Get, "/products"), (HttpMethod.Post, "/orders")]),
        new("scanner", null, 0.4, [(HttpMethod.Get, "/wp-login.php"), (HttpMethod.Get, "/.env")]),
    ];
}
