namespace Tidegate.Cli;

/// <summary>How an answer is written to standard output.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,
    /// <summary>For programs: the keys of the API.</summary>
    Json,
    /// <summary>The same keys as YAML.</summary>
    Yaml,
}
