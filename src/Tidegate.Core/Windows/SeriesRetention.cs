namespace Tidegate.Core.Windows;

/// <summary>How long the series behind objectives are kept.</summary>
public static class SeriesRetention
{
    /// <summary>Two years, at a resolution that falls with age.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(731);
}
