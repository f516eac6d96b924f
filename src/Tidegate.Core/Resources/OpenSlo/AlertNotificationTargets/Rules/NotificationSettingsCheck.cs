using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets.Rules;

/// <summary>OpenSLO names targets without saying how they are reached.</summary>
internal static class NotificationSettingsCheck
{
    public static void Check(string name, string path, ResourceScope scope)
    {
        if (scope.DocumentIsComplete && scope.Document.Find($"NotificationTarget/{name}") is null)
            scope.Warning("no_settings", path, $"Nothing says how {name} is reached, so nobody is told: OpenSLO has no settings for it. Add a NotificationTarget (tidegate/v1) called {name}.");
    }
}
