using System.Net.Http.Headers;
using System.Text;
using Tidegate.Models.Providers;

namespace Tidegate.Models.Tests.Providers;

/// <summary>Makes requests to a vendor as the gateway does.</summary>
internal static class VendorRun
{
    public static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static HttpRequestMessage Request(
        Vendor vendor, string secret, string? path, VendorAccount? account = null, string body = "{}", Action<HttpRequestMessage>? before = null, DateTimeOffset? now = null)
    {
        account ??= new VendorAccount(vendor.Address!);
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, account.Address + path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        before?.Invoke(request);
        vendor.Authorize(request, bytes, secret, account, now ?? Now);
        return request;
    }

    public static string? Header(this HttpRequestMessage request, string name) => request.Headers.NonValidated.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
