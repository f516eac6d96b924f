using System.CommandLine;

namespace Tidegate.Verbs.Incidents;

/// <summary><c>tidegate incidents</c> and its sub-verbs.</summary>
internal static class IncidentsVerbs
{
    public static Command All => new("incidents", "What hurts users, since when, and what was done about it.")
    {
        new IncidentsListVerb(), new IncidentsShowVerb(), new IncidentsOpenVerb(), new IncidentsAckVerb(), new IncidentsNoteVerb(), new IncidentsCloseVerb(),
    };
}
