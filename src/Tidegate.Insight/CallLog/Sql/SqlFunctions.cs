using System.Collections.Frozen;

namespace Tidegate.Insight.CallLog.Sql;

/// <summary>
/// The functions that free SQL may call. A list of what is allowed, because DuckDB has functions that read files, settings, other databases or the
/// environment, and its next version has new ones. Each was looked at: it computes from its arguments and nothing else.
/// </summary>
internal static class SqlFunctions
{
    /// <summary>Scalar functions, aggregates, window functions and the operators that are functions inside.</summary>
    public static FrozenSet<string> Scalar { get; } = Words("""
        + - * / // % ^ ** & | << >> ~ || ! !~~ ~~ ~~* !~~* ~~~ @ ^@ && @> <@ <-> <=>
        abs acos acosh add age ascii asin asinh atan atan2 atanh base64 bin bit_count bit_length cbrt ceil ceiling century char_length character_length chr concat concat_ws
        contains cos cosh cot damerau_levenshtein date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth dayofweek
        dayofyear decade degrees divide editdist3 ends_with epoch epoch_ms epoch_ns epoch_us era even exp factorial fdiv floor fmod format format_bytes formatreadabledecimalsize
        formatreadablesize from_base64 from_hex gamma gcd greatest greatest_common_divisor hamming hash hex hour instr isfinite isinf isnan isodow isoyear jaccard
        jaro_similarity jaro_winkler_similarity julian last_day lcase lcm least least_common_multiple left length levenshtein lgamma ln log log10 log2 lower lpad ltrim make_date
        make_time make_timestamp md5 microsecond millennium millisecond minute mismatches mod month monthname multiply nanosecond nextafter not_ilike_escape ilike_escape
        like_escape not_like_escape now nullif ord parse_dirname parse_dirpath parse_filename parse_path pi position pow power prefix printf quarter radians
        random regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array repeat replace reverse right round
        round_even roundbankers row rpad rtrim second sha1 sha256 sign signbit sin sinh split split_part sqrt starts_with str_split str_split_regex strftime string_split
        string_split_regex string_to_array strip_accents strlen strpos strptime substr substring subtract suffix tan tanh time_bucket timezone timezone_hour timezone_minute
        to_base to_base64 to_binary to_centuries to_days to_decades to_hex to_hours to_microseconds to_millennia to_milliseconds to_minutes to_months to_quarters to_seconds
        to_timestamp to_weeks to_years today translate trim trunc try_strptime typeof ucase unbin unhex unicode upper url_decode url_encode uuid_extract_timestamp
        uuid_extract_version week weekday weekofyear xor year yearweek add_months ago current_date current_timestamp get_current_timestamp transaction_timestamp days_in_month
        equi_width_bins error alias constant_or_null bar

        array_aggr array_aggregate array_append array_apply array_cat array_concat array_contains array_distinct array_extract array_filter array_has array_has_all array_has_any
        array_indexof array_intersect array_length array_pop_back array_pop_front array_position array_prepend array_push_back array_push_front array_reduce array_reverse
        array_reverse_sort array_select array_slice array_sort array_to_string array_transform array_unique array_value array_where array_zip apply cardinality
        element_at filter flatten generate_series len list_aggr list_aggregate list_any_value list_append list_apply list_avg list_cat list_concat list_contains list_count
        list_distinct list_element list_extract list_filter list_first list_has list_has_all list_has_any list_histogram list_indexof list_intersect list_last list_mad list_max
        list_median list_min list_mode list_pack list_position list_prepend list_product list_reduce list_reverse list_reverse_sort list_select list_slice list_sort list_stddev_pop
        list_stddev_samp list_string_agg list_sum list_transform list_unique list_value list_var_pop list_var_samp list_where list_zip map map_concat map_contains map_entries
        map_extract map_extract_value map_from_entries map_keys map_values range reduce struct_concat struct_contains struct_extract struct_extract_at struct_has struct_insert
        struct_keys struct_pack struct_position struct_update struct_values unnest unpivot_list combine finalize

        any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_min arg_min_null argmax argmin array_agg avg bit_and bit_or bit_xor
        bool_and bool_or corr count count_if count_star countif covar_pop covar_samp entropy favg first fsum geomean geometric_mean group_concat histogram histogram_exact
        kahan_sum kurtosis kurtosis_pop last list listagg mad max max_by mean median min min_by mode product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count
        regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy reservoir_quantile sem skewness stddev stddev_pop stddev_samp string_agg sum sum_no_overflow sumkahan
        var_pop var_samp variance wavg weighted_avg

        cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number
        """);

    /// <summary>Functions that make rows.</summary>
    public static FrozenSet<string> Table { get; } = Words("range generate_series unnest");

    private static FrozenSet<string> Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
