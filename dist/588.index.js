export const id = 588;
export const ids = [588];
export const modules = {

/***/ 588:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   reportedLines: () => (/* binding */ reportedLines)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);

/** pip's installation report (https://pip.pypa.io/en/stable/reference/installation-report/) as requirement lines, sorted. */
function reportedLines(file) {
    const report = JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8'));
    return report.install.map(({ metadata: { name, version }, is_direct, download_info: from }) => {
        if (from.vcs_info !== undefined)
            return `${name} @ ${from.vcs_info.vcs}+${from.url}@${from.vcs_info.commit_id}`;
        const sha256 = from.archive_info?.hashes?.['sha256'] ?? from.archive_info?.hash?.replace(/^sha256=/, '');
        const what = is_direct ? `${name} @ ${from.url}` : `${name}==${version}`;
        return sha256 === undefined ? what : `${what} --hash=sha256:${sha256}`;
    }).sort();
}


/***/ })

};
