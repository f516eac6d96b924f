namespace Tidegate.Core.Resources.Rules;

/// <summary>Time zones are known.</summary>
internal static class ZoneCheck
{
    public static void Check(string zone, string path, ResourceScope scope)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            scope.Error("unknown_zone", path, $"\"{Reading.Echo.Of(zone)}\" is no time zone known here. Give an IANA name such as Europe/Berlin; UTC is always known.");
    }
}
